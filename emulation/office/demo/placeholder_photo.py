"""Made-up photographs: a plain drawing in flat colours, different for each words, that nobody takes for a photograph."""

import io
from collections.abc import Sequence

from PIL import Image, ImageDraw

from emulation.office.demo.figures_2020 import chance_of
from emulation.reports.enums import ActivityKind

_WIDTH, _HEIGHT = 960, 640
_GROUND = 400
_SKIES = ((222, 234, 240), (243, 228, 205), (214, 228, 214), (230, 224, 236))
_FIELDS = ((126, 150, 110), (150, 140, 104), (108, 140, 138))
_GREEN, _RED, _LIGHT, _DARK = (72, 98, 78), (158, 42, 43), (250, 246, 238), (74, 66, 58)
_Draw = ImageDraw.ImageDraw


def placeholder_photo(kind: ActivityKind, words: str) -> bytes:
    """A PNG: hills and people, and behind them what such an activity is about. The same words give the same bytes."""
    chance = [float(chance_of(words, str(number))) for number in range(6)]
    picture = Image.new("RGB", (_WIDTH, _HEIGHT), _SKIES[int(chance[0] * len(_SKIES)) % len(_SKIES)])
    draw = ImageDraw.Draw(picture)
    _land(draw, chance)
    {ActivityKind.SPORT: _net, ActivityKind.CULTURE: _stage, ActivityKind.GRATITUDE: _house}.get(kind, _table)(draw)
    _people(draw, 5 + int(chance[3] * 4), chance)
    stream = io.BytesIO()
    picture.save(stream, "PNG", optimize=True)
    return stream.getvalue()


def _land(draw: _Draw, chance: Sequence[float]) -> None:
    sun = 120 + chance[1] * 700
    draw.ellipse((sun, 60, sun + 90, 150), fill=_LIGHT)
    for number, height in enumerate((210, 150)):
        middle = _WIDTH * (0.25 + 0.5 * number) + (chance[2] - 0.5) * 200
        draw.ellipse(
            (middle - 420, _GROUND - height, middle + 420, _GROUND + height), fill=(150 - 20 * number, 168 - 16 * number, 158)
        )
    draw.rectangle((0, _GROUND, _WIDTH, _HEIGHT), fill=_FIELDS[int(chance[4] * len(_FIELDS)) % len(_FIELDS)])


def _net(draw: _Draw) -> None:
    for left in (250, 700):
        draw.rectangle((left, 250, left + 10, 520), fill=_DARK)
    for top in range(280, 381, 20):
        draw.line((250, top, 710, top), fill=_LIGHT, width=3)
    for left in range(250, 711, 23):
        draw.line((left, 280, left, 380), fill=_LIGHT, width=2)
    draw.ellipse((455, 170, 505, 220), fill=_LIGHT, outline=_DARK, width=3)


def _stage(draw: _Draw) -> None:
    draw.rectangle((130, 150, 830, 470), fill=_RED)
    draw.rectangle((90, 450, 870, 520), fill=_DARK)
    for left in (130, 720):
        draw.polygon(((left, 150), (left + 110, 150), (left + 55, 450)), fill=(184, 70, 66))


def _house(draw: _Draw) -> None:
    draw.rectangle((330, 270, 650, 480), fill=_LIGHT)
    draw.polygon(((290, 280), (490, 160), (690, 280)), fill=_RED)
    draw.rectangle((455, 360, 525, 480), fill=_DARK)
    for left in (370, 560):
        draw.rectangle((left, 320, left + 54, 374), fill=(150, 184, 196))


def _table(draw: _Draw) -> None:
    draw.rectangle((180, 430, 780, 452), fill=_DARK)
    for left in (210, 740):
        draw.rectangle((left, 452, left + 14, 560), fill=_DARK)
    for number in range(8):
        left = 205 + number * 70
        draw.rectangle((left, 384, left + 48, 430), fill=_LIGHT if number % 2 else _RED)
        draw.line((left + 24, 384, left + 24, 430), fill=_DARK, width=3)


def _people(draw: _Draw, number: int, chance: Sequence[float]) -> None:
    step = (_WIDTH - 160) / number
    for place in range(number):
        left = 90 + place * step + chance[place % len(chance)] * 26
        top = 470 + (place % 3) * 14
        draw.rounded_rectangle((left, top, left + 52, _HEIGHT), radius=20, fill=_GREEN)
        draw.ellipse((left + 7, top - 42, left + 45, top - 2), fill=(205, 168, 138))
