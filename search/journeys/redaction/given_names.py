"""Common given names in Latin letters: one of them after "I'm" or "Hi" is a person."""

from __future__ import annotations

#: Names and nothing else, in either case.
_ONLY_NAMES = """
aaron abdul abigail adam adrian aisha alan albert alejandro alex alexander alexandra alexis alfred
ali alice alicia alison allison alyssa amanda amelia amit amy ana anastasia andre andrea andreas
andrew andy angela angelina anita anja anna anne annie anthony antonio anya arjun arthur ashley
astrid audrey ava barbara beatrice becky ben benjamin bernard beth betty bianca bob bobby brandon
brenda brian bridget bruce bruno bryan caitlin callum cameron camille carl carla carlos carmen
carol caroline carolyn catherine cathy cecilia charles charlie charlotte chen chloe chris christina
christine christopher cindy claire clara claudia colin connor courtney craig cynthia daniel daniela
danielle danny daphne darren dave david deborah debra declan denise dennis derek diana diane diego
dmitri dmitry dominic donald donna doris dorothy doug douglas dylan eddie edgar edith eduardo edward
eileen elaine elena eleanor elizabeth ella ellen ellie elliot emil emily emma eric erica erik erin
esther ethan eugene eva evan evelyn farah fatima felix fernando fiona florian frances francesca
francis francisco françois fred frederick gabriel gabriela gareth gary gavin gemma geoffrey george
gerald gianni gina giovanni giulia glenn gloria gordon graham greg gregory guillaume hanna hannah
hans harold harriet harry hassan heather hector heidi helen helena henrik henry hiroshi howard hugh
hugo ian ibrahim ingrid irene irina isaac isabel isabella ivan jack jackie jacob jacqueline jake
james jamie jan jane janet janice jason javier jean jeff jeffrey jennifer jenny jeremy jerry jesse
jessica jill jim jimmy joan joanna joanne joe joel johan johannes john johnny jon jonathan jorge
jose joseph josh joshua joyce juan judith judy julia julian juliana julie julien juliet justin kai
karen karl kate katherine kathleen kathryn kathy katie keith kelly ken kenji kenneth kevin khalid
kim kimberly klaus kristen kristin kurt kyle lara larry lars laura lauren laurence leah lee leila
lena leo leon leonard leonardo leslie liam lily linda lindsay lisa liz louis louise lucas lucia
lucy luis luke lydia mandy manuel marc marcel marco marcus margaret maria marie marina mario marion
marlene martha martin martina mary mateo mathilde matt matteo matthew maureen max megan mei melanie
melissa michael michele michelle miguel mike mohammad mohammed molly monica muhammad nadia nancy
naomi natalia natalie natasha nathan neil nicholas nick nicola nicolas nicole nigel nikita nina
noah nora norman olga oliver olivia omar oscar owen pablo pamela patricia patrick paul paula pauline
pedro peggy peter philip phillip pierre priya rachel rafael rahul raj rajesh ralph ramon raymond
rebecca richard rick ricky rita robert roberta roberto robin rodney roger roland ron ronald rosa
rosemary ross roy russell ruth ryan sabrina sally sam samantha samir samuel sandra sanjay sara sarah
scott sean sebastian serena sergei sergio shane shannon sharon sheila shirley simon simone sofia
sonia sophia sophie stacy stanley stefan stefano stella stephanie stephen steve steven stuart susan
susanne suzanne svetlana sven sylvia tamara tanya tara tatiana ted teresa terry theo theodore
theresa thomas tiffany tim timothy tina toby todd tom tommy tony tracy travis trevor ulrich valerie
vanessa veronica vicky victor victoria vikram vincent viktor vladimir walter wanda warren wayne
wendy william xavier yasmin yolanda yuki yusuf yvonne zachary zoe
"""
#: Also words: names with a capital only.
_WORDS_TOO = """
Amber April Art Bill Brook Carter Chad Chase Christian Crystal Daisy Dawn Dean Drew Earl Eve Faith
Frank Grace Grant Guy Hope Iris Ivy Jade Jasmine Jay Joy June Lance Mark Mason May Melody Miles Nat
Olive Pat Pearl Penny Pete Rich Rob Rocky Rose Ruby Ray Sandy Skip Summer Sue Tyler Will Violet
"""

GIVEN = rf"(?:{'|'.join(_ONLY_NAMES.split())}|(?-i:{'|'.join(_WORDS_TOO.split())}))"
