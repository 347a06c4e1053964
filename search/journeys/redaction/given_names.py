"""Common given names in Latin letters: one of them after "I'm" or "Hi" is a person."""

from __future__ import annotations

#: Names and nothing else, in either case.
_ONLY_NAMES = """
aarav aaron abdul abhishek abigail adam aditya adrian ahmed aidan aisha akira akshay alan albert
alejandro alessandro alex alexander alexandra alexis alfred ali alice alicia alison allison alyssa
amanda amelia amina amir amit amy ana ananya anastasia andre andrea andreas andrei andrew andy
angela angelina anil anita anja anjali ankit anna anne annie anthony anton antonio anya arjun
arnold arthur arun ashley ashok astrid audrey ava ayesha barbara beatrice becky ben benedict
benjamin bernard beth betty bianca bilal bob bobby boris brad bradley brady brandon brenda brett
brian bridget bruce bruno bryan caitlin caleb callum cameron camille carl carla carlos carmen carol
carolina caroline carolyn catherine cathy cecile cecilia cedric celia chandra charles charlie
charlotte chen cheryl chloe chris christina christine christopher cindy claire clara clarence
claudia clive cody colin connor conrad courtney craig cynthia cyrus damian damien daniel daniela
danielle danny daphne darius darlene darrell darren dave david deborah debra declan deepak deepika
delia denise dennis derek desmond diana diane diego dieter dilip divya dmitri dmitry dominic donald
donna donovan doris dorothy doug douglas duncan dwayne dwight dylan eddie edgar edith eduardo
edward edwin eileen elaine eleanor elena elias elijah elisa eliza elizabeth ella ellen ellie elliot
elsa elsie emil emilio emily emma emre enrique enzo eric erica erik erin ernest estelle esther
ethan eugene eva evan evelyn ezra fabio faisal farah fatima felix fergus fernando fiona florian
frances francesca francis francisco françois fred frederick gabriel gabriela gail gareth garry gary
gavin geeta gemma geoffrey george gerald gianni gilbert gina giovanni giulia giuseppe glenn gloria
gordon graham greg gregory greta guido guillaume gustavo gwen hamza hanna hannah hans harish harold
harriet harry harvey hassan heather hector heidi heinrich helen helena helga henrik henry herbert
herman hiroshi horace howard howie hugh hugo hussein ian ibrahim imran ines ingrid irene irina
isaac isabel isabella ismail ivan ivana jack jackie jaclyn jacob jacqueline jagdish jake james
jamie jan jane janet janice jared jason jasper javed javier jean jeff jeffrey jelena jenna jennifer
jenny jens jeremy jerome jerry jesse jessica jill jim jimmy joan joanna joanne joaquin jodie joe
joel johan johannes john johnny jolene jon jonathan jorge jose joseph josh joshua josie joyce juan
judith judy julia julian juliana julie julien juliet justin jürgen kai kamal karen karim karl
karthik katarina kate katherine kathleen kathryn kathy katie kayla keith kelly kelvin ken kenji
kenneth kevin khalid kieran kim kimberly kiran kirsten klaus krishna kristen kristin kumar kurt
kyle lakshmi lalita lara larry lars laszlo latoya laura lauren laurence layla leah leandro lee
leila lena leo leon leonard leonardo leroy leslie lewis liam lily linda lindsay lionel lisa liz
lorenzo lorraine louis louisa louise lucas lucia lucinda lucy luigi luis luke lydia mabel maggie
mahmoud malcolm mandy manish manoj manuel marc marcel marcin marco marcus margaret maria marian
marie marina mario marion marjorie marlene marta martha martin martina mary mateo mathilde matilda
matt matteo matthew maureen maurice max megan mehmet mei melanie melissa mia michael michele
michelle miguel mike mitchell mohammad mohammed moira molly mona monica muhammad murray mustafa
myra nadia nancy naomi natalia natalie natasha nathan neha neil nicholas nick nicola nicolas nicole
nigel nikhil nikita nikolai nina nisha noah nora norma norman olaf olga oliver olivia olivier omar
oscar otto owen pablo pamela paolo pascal patricia patrick paul paula pauline pedro peggy peter
petra phil philip phillip phoebe phyllis pierre piotr pooja pradeep prakash pranav preeti priya
quentin quincy rachel rafael rahul raj rajesh rajiv rakesh ralph ramesh ramon randall rania raquel
rashid ravi raymond rebecca regina reinhard renata renee riccardo richard rick ricky rita robert
roberta roberto robin rodney roger rohan rohit roland ron ronald rosa rosalind rosemary rosie ross
rowan roy rupert russell ruth ryan sabrina sachin salim sally salma salman sam samantha samir
samuel sandra sanjay sanjeev sara sarah sasha scott sean sebastian serena sergei sergio shane
shannon sharon sheila shirin shirley shreya shyam silvia simon simone sindhu sinead siobhan sneha
sofia sonia sophia sophie soren stacy stanley stefan stefano stella stephanie stephen steve steven
stewart stuart sunil sunita suresh susan susanne suzanne sven svetlana swati sylvia tamara tanya
tara tariq tatiana tatyana ted teresa terrence terry tess theo theodore theresa thomas tiffany tim
timothy tina tobias toby todd tom tommy tony tracy travis trent trevor trisha ulrich ursula usha
valentina valerie vanessa vera veronica vicky victor victoria vijay vikas vikram viktor vincent
vinod vivek vivian vladimir walter wanda warren wayan wayne wendy wesley wilhelm william willie
wolfgang xavier xiaoming yasmin yolanda yolande yuki yuri yusra yusuf yvonne zachary zainab zara
zhang zhao zoe
"""
#: Also words: names with a capital only.
_WORDS_TOO = """
Amber April Art Bill Brook Carter Chad Chase Christian Crystal Daisy Dawn Dean Drew Earl Eve Faith
Frank Grace Grant Guy Hope Iris Ivy Jade Jasmine Jay Joy June Lance Mark Mason May Melody Miles Nat
Olive Pat Pearl Penny Pete Rich Rob Rocky Rose Ruby Ray Sandy Skip Summer Sue Tyler Will Violet
"""

SURE = rf"(?:{'|'.join(_ONLY_NAMES.split())})"
GIVEN = rf"(?:{SURE}|(?-i:{'|'.join(_WORDS_TOO.split())}))"
