"""What people call the columns of a table of questions, and the audiences in it."""

from __future__ import annotations

from content.audience import Audience

FIELDS = {
    "question": "question questions title q 问题 問題 标准问题 標準問題 标题 標題 题目 題目",
    "answer": "answer answers a reply 答案 回答 回复 回覆 答复 答覆 解答",
    "phrasings": (
        "phrasings phrasing other_phrasings alternatives variants similar_questions "
        "相似问法 相似問法 其他问法 其他問法 其它问法 其它問法 相似问题 相似問題 "
        "扩展问题 擴展問題 同义问法 同義問法 问法 問法"
    ),
    "category": "category categories section 分类 分類 类别 類別 类目 類目 栏目 欄目",
    "audience": "audience visibility 受众 受眾 可见范围 可見範圍 适用对象 適用對象 读者 讀者",
    "locale": "locale language lang 语言 語言 语种 語種",
}
_FIELD_OF = {name: field for field, names in FIELDS.items() for name in names.split()}

_AUDIENCES = {
    Audience.PUBLIC: "public everyone all anyone 公开 公開 公共 公众 公眾 所有人 全部",
    Audience.CUSTOMERS: (
        "customers customer signed_in_customers signed-in_customers 客户 客戶 顾客 顧客 会员 會員 "
        "登录客户 登錄客戶 登入客戶 已登录客户 已登入客戶 已登录用户 注册用户 註冊用戶"
    ),
    Audience.AGENTS: "agents agent support 客服 坐席 座席 客服人员 客服人員 客服专员 客服專員",
    Audience.INTERNAL: "internal staff 内部 內部 仅内部 僅內部 内部员工 內部員工 员工 員工",
}
_AUDIENCE_OF = {
    name: audience.value for audience, names in _AUDIENCES.items() for name in names.split()
}


def field_of(heading: str) -> str:
    """Our name of a column; its own name, folded, where it is none of ours."""
    folded = _folded(heading)
    return _FIELD_OF.get(folded, folded)


def audience_of(name: str) -> str | None:
    """The audience that a person means, or None."""
    return _AUDIENCE_OF.get(_folded(name))


def _folded(name: str) -> str:
    return "_".join(name.strip().lower().split())
