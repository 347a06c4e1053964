"""Inquiry, suggestion or complaint: measured on a sample that we wrote and labelled ourselves."""

from collections import Counter

import pytest

from search.insights.models import ClassWord
from search.insights.questions.class_words import first_words
from search.insights.questions.classing import Classifier

from .labelled import labelled


def test_most_of_the_labelled_messages_are_classed_as_labelled():
    classifier, right, of_class = Classifier(first_words()), Counter(), Counter()
    wrong = []
    for message, kind in labelled():
        found = classifier.classify(message)
        of_class[kind] += 1
        right[kind] += found.kind == kind
        if found.kind != kind:
            wrong.append((message, kind, found.kind, found.words))
    assert sum(of_class.values()) >= 300
    assert sum(right.values()) >= 0.85 * sum(of_class.values()), wrong
    assert all(right[kind] >= 0.75 * of_class[kind] for kind in of_class), wrong


def test_the_words_that_decided_are_told():
    found = Classifier(first_words()).classify("I am very disappointed, this is unacceptable.")
    assert found.kind == "complaint"
    assert set(found.words) >= {"disappoint*", "unacceptable"}


def test_without_any_word_it_is_an_inquiry():
    assert Classifier(first_words()).classify("净水器 白色").kind == "inquiry"
    assert Classifier(first_words()).classify("净水器 白色").words == ()


@pytest.mark.django_db
def test_people_edit_the_words():
    assert Classifier.of_site().classify("The spout drips like mad").kind == "inquiry"
    ClassWord.objects.create(kind="complaint", words="like mad", weight=3)
    assert Classifier.of_site().classify("The spout drips like mad").kind == "complaint"
