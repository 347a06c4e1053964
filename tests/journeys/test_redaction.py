"""What identifies a person never reaches a record; what only looks like it stays."""

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from search.journeys.redaction import is_identity_18, luhn, redact

from .marking import LISTS, marked

SECRETS = [
    ("send it to ann.lee+shop@example.co.uk please", "ann.lee"),
    ("我的邮箱是zhang_wei88@qq.com怎么改", "zhang_wei88"),
    ("ｕｓｅｒ＠ｅｘａｍｐｌｅ．ｃｏｍ", "ｕｓｅｒ"),
    ("联系张三@例子.公司", "例子"),
    ("<mailto:foo@bar.com>", "foo"),
    ("手机13800138000收不到验证码", "13800138000"),
    ("138 0013 8000", "0013"),
    ("138-0013-8000", "0013"),
    ("１３８００１３８０００", "１３８"),
    ("+86 138 0013 8000", "0013"),
    ("+86-13800138000", "138"),
    ("0086 13800138000", "138"),
    ("1380 0138 000", "0138"),
    ("138.0013.8000", "0013"),
    ("010-12345678", "12345678"),
    ("(0755) 8888-8888", "8888"),
    ("0755 88888888转123", "8888"),
    ("400-800-1234", "1234"),
    ("4008001234", "1234"),
    ("+852 9123 4567", "9123"),
    ("+1 (415) 555-2671", "2671"),
    ("call 415-555-2671", "2671"),
    ("(415) 555-2671", "2671"),
    ("+44 20 7946 0958", "7946"),
    ("020 7946 0958", "7946"),
    ("07911 123456", "123456"),
    ("01 23 45 67 89", "45 67"),
    ("+49 (0)30 1234567", "1234567"),
    ("0912-345-678", "345"),
    ("电话：88886666", "8666"),
    ("my phone number is 9123 4567", "4567"),
    ("身份证11010519491231002X", "11010519491231002"),
    ("110105 19491231 002X", "19491231"),
    ("身份证号130503670401001", "130503670401001"),
    ("card 4111 1111 1111 1111 declined", "1111"),
    ("4111-1111-1111-1111", "1111"),
    ("卡号6222021234567890128", "622202"),
    ("3782 822463 10005", "822463"),
    ("id 123456789 lost", "123456789"),
    ("1 3 8 0 0 1 3 8 0 0 0", "3 8 0"),
    ("一三八零零一三八零零零", "一三八"),
    ("https://bob:hunter2@example.com/a", "hunter2"),
    ("https://example.com/reset?token=abcDEF123", "abcDEF123"),
    ("https://example.com/#access_token=abc.def", "abc.def"),
    ("https://example.com/a?x=1&api_key=zzz9&y=2", "zzz9"),
    ("https://example.com/r/AbCdEfGh1234567890aBcDeFgH/", "AbCdEfGh"),
    ("Authorization: Bearer abcdef123456", "abcdef123456"),
    ("密码：hunter2a 登不上", "hunter2a"),
    ("password=swordfish", "swordfish"),
]
LOOK_ALIKES = [
    "where is my order A1234567",
    "订单 A1234567 还没发货",
    "PO-2024-00123",
    "KB5034441 fails with 0x80070057",
    "Windows 10.0.19045.3803",
    "Chrome 126.0.6478.127",
    "v1.2.3+20240131",
    "2024-01-31 12:30:45",
    "2024-01-31T12:30:45Z",
    "2024年1月31日",
    "20240131",
    "31.12.2024",
    "¥1,299.00 or $1,234,567.89",
    "error 50012 HTTP 404",
    "ERR-40013",
    "10.0.0.1:8080",
    "a@b",
    "@mention me",
    "1080p 1920x1080 60Hz",
    "RTX 4090 vs 4080",
    "9:00-18:00",
    "2019-2020-2021",
    "忘记密码：怎么办",
    "how to reset password",
    "https://example.com/en/help/how-to-reset-your-password-in-2024/?page=2",
    "100-200-300",
    "iPhone 15 Pro 256 GB",
    "iOS 17.4.1 (21E236)",
    "第一百二十三条",
    "",
]


@pytest.mark.parametrize(("text", "secret"), SECRETS)
def test_what_identifies_a_person_is_taken_out(text: str, secret: str) -> None:
    redacted = redact(text)
    assert secret not in redacted
    assert "⟨" in redacted


@pytest.mark.parametrize("text", LOOK_ALIKES)
def test_what_only_looks_like_it_stays(text: str) -> None:
    assert redact(text) == text


@pytest.mark.parametrize("name", sorted(path.name for path in LISTS.glob("personal_*.txt")))
def test_hardly_anything_personal_survives(name: str) -> None:
    messages = list(marked(name))
    survived = [m for m, whats in messages if any(what in redact(m) for what in whats)]
    assert len(survived) <= 0.01 * len(messages), survived


@pytest.mark.parametrize("name", sorted(path.name for path in LISTS.glob("look_alikes_*.txt")))
def test_hardly_any_look_alike_is_lost(name: str) -> None:
    messages = list(marked(name))
    lost = [m for m, whats in messages if any(what not in redact(m) for what in whats)]
    assert len(lost) <= 0.01 * len(messages), lost


@pytest.mark.parametrize("name", sorted(path.name for path in LISTS.glob("*.txt")))
def test_what_is_redacted_stays_so(name: str) -> None:
    redacted = [redact(message) for message, _whats in marked(name)]
    assert [redact(message) for message in redacted] == redacted


@settings(deadline=None)
@given(st.text(max_size=200))
def test_redacting_twice_changes_nothing_more(text: str) -> None:
    assert redact(redact(text)) == redact(text)


surroundings = st.text(alphabet=" ，。的我abcxyz:：", max_size=12)


@settings(deadline=None)
@given(
    surroundings,
    st.from_regex(r"[a-z][a-z0-9._]{0,12}[a-z0-9]@[a-z]{1,10}\.(com|cn|co\.uk)", fullmatch=True),
    surroundings,
)
def test_no_mail_address_survives(before: str, address: str, after: str) -> None:
    assert address not in redact(before + address + after)


@settings(deadline=None)
@given(surroundings, st.integers(3, 9), st.from_regex(r"[0-9]{9}", fullmatch=True), surroundings)
def test_no_mobile_number_survives(before: str, second: int, rest: str, after: str) -> None:
    number = f"1{second}{rest}"
    spaced = f"{number[:3]} {number[3:7]} {number[7:]}"
    full = number.translate({ord("0") + i: 0xFF10 + i for i in range(10)})
    for form in (number, spaced, spaced.replace(" ", "-"), full, "+86 " + number):
        assert form not in redact(before + form + after)


@example("750000000000000")
@given(st.from_regex(r"[1-9][0-9]{14}", fullmatch=True))
def test_every_number_that_passes_luhn_is_a_card(start: str) -> None:
    number = next(start + d for d in "0123456789" if luhn(start + d))
    spaced = " ".join(number[i : i + 4] for i in range(0, 16, 4))
    assert number[6:] not in redact(f"card {number} declined")
    assert spaced not in redact(f"card {spaced} declined")


def test_a_wrong_checksum_is_no_identity_number() -> None:
    assert is_identity_18("11010519491231002X")
    assert not is_identity_18("110105194912310021")
