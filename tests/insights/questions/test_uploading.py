"""The page that asks which column is what keeps to what is said there, and keeps what was said."""

import pytest
from django.contrib.auth import get_user_model
from django.core.files.uploadedfile import SimpleUploadedFile

from search.insights.models import Question, QuestionImport

pytestmark = pytest.mark.django_db

TABLE = "was,time,channel,comment\nHow do I pay?,2026-01-01,mail,Why is this here?\n"


@pytest.fixture
def columns(client, settings, tmp_path):
    """The address at which the columns of an upload are named, for who may."""
    settings.VAR_DIR = tmp_path
    client.force_login(get_user_model().objects.create_superuser("mona", password="secret"))
    file = SimpleUploadedFile("a.csv", TABLE.encode())
    answer = client.post("/admin/insights/questions/imports/", {"file": file, "source": "chat"})
    assert answer.status_code == 302
    return answer.url


def test_a_column_that_is_left_out_is_not_guessed(client, columns):
    chosen = {"column-0": "text", "column-1": "time", "column-2": "", "column-3": ""}
    assert client.post(columns, chosen).status_code == 302
    question = Question.objects.select_related("text").get()
    assert (question.text.text, question.asked.year, question.channel) == (
        "How do I pay?",
        2026,
        "",
    )
    assert QuestionImport.objects.get().failed == 0


@pytest.mark.parametrize(
    "chosen",
    [
        {"column-0": "", "column-1": "", "column-2": "agent", "column-3": ""},
        {"column-0": "text", "column-1": "text", "column-2": "agent", "column-3": ""},
        {"column-0": "nonsense", "column-1": "", "column-2": "agent", "column-3": ""},
    ],
)
def test_what_was_chosen_is_still_there_beside_what_is_wrong(client, columns, chosen):
    answer = client.post(columns, chosen)
    assert answer.status_code == 200
    page = answer.content.decode()
    assert '<option value="agent" selected>' in page
    assert '<option value="channel" selected>' not in page
    assert not Question.objects.exists()
