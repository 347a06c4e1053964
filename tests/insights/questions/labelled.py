"""Messages of our own writing, labelled by ourselves: what class each is of.

By the hand that wrote the first class words, after them, and the words were not changed to fit:
what is measured here is an upper bound of what a site's own customers will see.
"""

INQUIRY = """
How long does delivery take?
Where can I see my order?
Can I change the address after I have ordered?
What is the warranty on the kitchen machine?
How do I reset my password?
Do you ship to Hong Kong?
Which filter fits the small purifier?
When will the new model be available?
How much does a replacement filter cost?
Is there a discount for members?
How do I connect the machine to wifi?
What does error E04 mean?
Can I pay with two cards?
How do I cancel my plan?
Where do I find the serial number?
What happens if I miss a payment?
Does the purifier remove chlorine?
How often should I clean the tank?
Can I get an invoice with the company name?
Do I need a plumber for the installation?
My machine shows a red light, what should I do?
I forgot the code for my account, how can I log in?
The app asks for a verification code, where do I get it?
Please tell me when the parcel is going to arrive.
I would like to know if the filter can be washed.
How can I return an item that I opened?
Is the refund paid to the same card?
What are your opening hours?
Can my sister use the machine too?
Could you explain the points system?
Who do I contact about a business order?
Are the bottles recyclable?
How do I turn off the beeping?
I want to return this, what are the steps?
I need to change my phone number.
Looking for the manual of the Brook model.
My order has not been shipped yet, is it in stock?
The water tastes odd after changing the filter, is it normal?
I was charged two amounts, is one of them a deposit?
Could I speak with someone about installation?
Where is the shop in Taipei?
What temperature is the hot water?
Can it be used with well water?
How do I remove a card from my account?
Is express delivery possible on Sunday?
Can you resend the confirmation?
What size are the fittings?
How do I share the device with my family?
Why is the flow slower than before?
Does the subscription renew by itself?
请问多久能发货？
怎么申请退货？
发票怎么开？
滤芯多长时间换一次？
净水器怎么连无线网？
这个型号支持热水吗？
保修期是几年？
可以用两张卡一起付吗？
会员积分怎么用？
换手机号怎么操作？
收货地址可以改吗？
E04是什么意思？
安装需要预约吗？
运费是多少？
密码忘了怎么办？
哪里能看到物流？
退款几天到账？
可以开专用发票吗？
家里三口人选哪个型号？
有没有线下门店？
换滤芯需要关水吗？
订单可以合并发货吗？
水质报告在哪里看？
怎么取消自动续费？
能寄到澳门吗？
机器一直响，是正常的吗？
收不到验证码怎么办？
怎么把设备分享给家人？
退货的运费谁出？
预约安装可以改时间吗？
滤芯可以用水洗吗？
这款机器多大尺寸？
积分什么时候到账？
我想查一下订单到哪里了
需要提供什么资料才能保修？
商品什么时候补货？
能不能货到付款？
怎么注销账号？
优惠券在哪里领？
旧机器可以回收吗？
机器怎么恢复出厂设置？
水龙头接口是几分的？
请问客服几点上班
我要改一下发票抬头
想问一下以旧换新的流程
包裹显示签收了但是我没收到，该找谁？
换货要多久
可以指定送货时间吗
国外的卡能付款吗
灯一直闪红色是什么情况
Does the price include tax?
How many litres does one filter last?
Can you tell me which plan I have?
My card has expired, how do I enter the new one?
Is the old filter household waste?
What do I do with the plastic clip?
请问怎么查保修状态
配送范围包括新疆吗
开机以后没有反应，怎么处理
可以先安装再付款吗
怎么看滤芯是不是正品
套餐里包含几次上门
"""

SUGGESTION = """
It would be great if the app had a dark mode.
Please add Apple Pay.
I suggest you offer smaller filters.
You should have a chat in the evening too.
Would be nice if I could pause the plan from the app.
I wish there was a way to order by phone.
Could you add a reminder before the filter runs out?
An idea: let members give each other points.
Why not add a child lock?
It would be helpful if the manual had pictures.
I'd love a version for camping.
Please consider longer opening hours.
You should let people choose the courier.
Can you add a Spanish version of the site?
It would be better if the alarm was quieter.
I would like to see the water quality every day.
Feature request: export my usage as a table.
Hope you can add Google sign-in.
My suggestion is to print the date on the filter.
The app should support two homes.
How about adding a trade-in for old machines?
It'd be nice to have a bigger tank.
You should make the buttons larger for old people.
Please make it possible to skip a month.
I recommend that you put the price on the first page.
Would love to see a glass bottle.
Improve the search, it could look in the manuals too.
It would be useful to have a video for the installation.
I wish the machine could play a softer sound.
There should be an option to get invoices by post; please add it.
Consider selling single screws as spare parts, that would be useful.
If only there was a widget for the phone!
Maybe you could offer a student price.
A timer for hot water would be a welcome addition.
It might help to colour the hoses differently.
You could send the tracking link by text message.
Let us rate the plumber in the app.
More colours for the kitchen machine, please.
An option for paper-free packaging would be nice.
Perhaps show the filter's state on the front display.
建议增加夜间模式
希望能支持支付宝付款
能不能增加一个儿童锁？
提个意见，说明书字太小可以放大一点
要是能在小程序里暂停套餐就好了
希望增加英文说明书
可以增加滤芯到期提醒
最好能自己选快递公司
建议把客服时间延长到晚上十点
如果能分期付款就更好了
希望你们出一款便携的
建议在首页写清楚价格
应该增加人脸识别登录
能否增加两个家庭的切换
建议做一个安装视频
希望可以按月跳过配送
不如把按键做大一点，老人好用
期待你们推出玻璃杯
界面可以再优化一下，分类太多层了
建议滤芯上印生产日期
希望支持微信登录
要是有学生价就好了
加个定时热水功能吧
建议包装少用塑料
最好有一个旧机换新的活动
多一些颜色可以选就好了
考虑增加一个家庭共享的相册吧
希望以后能语音控制
建议短信里直接带物流链接
希望把声音做小一点
能不能加个打分安装师傅的功能
应该有一个导出用水记录的按钮
给你们提个建议，水箱做大一点
如果屏幕能显示剩余天数就好了
增加一个礼品包装选项会很受欢迎
希望有周末的安装服务
是不是可以考虑出小包装的滤芯
可以的话，请把字体调大些
软管颜色区分一下会更方便
会员日可以多一些活动
Please add a button to repeat my last order.
I suggest a bigger handle.
Would be great if the filter could be recycled at the shop.
You should offer a family plan.
It would be good if the manual came in large print.
Could you add SMS notices?
建议把插头线做长一点
希望能开通电话下单
能不能增加家庭套餐
最好把保修卡做成电子的
如果能在地图上看到师傅的位置就好了
建议加一个一键再买
希望水箱能拆下来洗
要是能换颜色就好了
"""

COMPLAINT = """
This is unacceptable, I have been waiting for three weeks.
Terrible service, nobody answers the phone.
I am very disappointed with the quality.
Your courier was rude to my mother.
The machine broke after two days, what a waste of money.
I want to complain about the plumber.
Third time I write and still no reply.
You charged me twice and nobody helps.
I'm fed up with these delays.
This is a scam, I want my money back.
The filter arrived broken again.
Your app is useless, it crashes all the time.
I've been lied to by your agent.
Worst purchase of my life.
I still haven't received my refund after two months!
Nobody replied to my last four messages.
The quality is awful, it leaks everywhere.
I am angry that the plan was renewed without asking.
Ridiculous, the plumber did not come for the second time.
I will never again order from you.
It keeps disconnecting and I am sick of it.
The agent hung up on me.
You ignored my request for weeks.
Poor service, poor product.
False advertising: it does not heat water at all.
I'm not happy with the way I was treated.
How dare you charge a fee for a faulty machine.
Overcharged again, and no apology.
The delivery is always late.
I feel ripped off.
What a joke, the spare part costs more than the machine.
Frustrating! I have explained this five times.
Your staff were unprofessional.
I demand a refund right now.
Still waiting for somebody to call me back since Monday.
It stopped working after a week and you refuse to repair it.
This is outrageous.
The packaging was rubbish and everything was wet.
I paid for express and it took ten days.
Two plumbers came and neither could do it, I lost two days of work.
你们的服务太差了
等了三个星期还没发货，太过分了
我要投诉安装师傅
客服态度恶劣，直接挂我电话
刚买两天就坏了，质量太差
打了好几次电话都没人接，没人管
这是骗人的吧，根本不出热水
退款一直不到账，你们在拖什么
对你们非常失望
第三次来反馈了，还是没有解决
滤芯又坏了，垃圾
乱扣费，没经过我同意就续费
快递员态度很差，把箱子扔在门口
再也不买你们家的东西了
虚假宣传，跟页面写的完全不一样
你们就是踢皮球，推来推去
商品收到就是破损的，太气人了
漏水漏了一地，没人负责
说好的今天来安装，居然又没来
我要举报你们霸王条款
实在受不了了，天天掉线
服务敷衍，问题根本没处理
花了这么多钱买了个假货
我很生气，请给我一个说法
拖了一个月，一直没有人联系我
太坑了，配件比机器还贵
不满意，要求退款
一拖再拖，答应的补偿也没给
你们的应用老是闪退，烦死了
多收了我两次钱，到现在没退
坐席说法不一，前后矛盾，真让人无语
浪费我一整天时间，师傅没来
质量有问题还不给退，离谱
明明没签收却显示签收，投诉也没用
用了一周就不制水了，垃圾产品
客服让我等，等了五天没消息
广告吹得天花乱坠，实际很糟糕
被你们忽悠了，后悔买
安装师傅把墙弄坏了不肯赔
发错货还要我出运费，凭什么
I've been waiting for weeks and I'm really annoyed.
Horrible experience from start to end.
You are wasting my time.
The replacement is broken again, this is pathetic.
I am shocked by how I was treated.
Your support is useless.
客服说话很不耐烦，态度太差
一直没有人处理我的退货，气死了
又坏了，才修好三天
宣传和实物不符，欺骗消费者
等了两个小时都没人接听
你们这样做太不负责任了
收了钱就没人理了
真是垃圾，天天漏水
"""


def labelled() -> list[tuple[str, str]]:
    """(message, class), each message once."""
    classes = {"inquiry": INQUIRY, "suggestion": SUGGESTION, "complaint": COMPLAINT}
    return [(line, kind) for kind, text in classes.items() for line in text.strip().splitlines()]
