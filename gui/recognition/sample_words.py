"""What a sample is called, and when it was kept."""

from datetime import datetime

from PySide6.QtCore import QCoreApplication, QDate, QLocale

from core.samples.sample import NO_DIGIT, Sample


def _tr(text: str) -> str:
    return QCoreApplication.translate("Samples", text)


def label_text(label: int) -> str:
    """ "7", or "no digit"."""
    return _tr("no digit") if label == NO_DIGIT else str(label)


def day_text(seconds: float) -> str:
    """ "3 November", with the year where it is not this one, of a time since 1970."""
    date, now = datetime.fromtimestamp(seconds).date(), datetime.now().date()
    form = "d MMMM" if date.year == now.year else "d MMMM yyyy"
    return QLocale().toString(QDate(date.year, date.month, date.day), form)


def kept_on_text(sample: Sample) -> str:
    """ "Kept as 7 on 3 November, by Ana"."""
    said = _tr("Kept as {0} on {1}").format(label_text(sample.label), day_text(sample.kept_at))
    return _tr("{0}, by {1}").format(said, sample.writer) if sample.writer else said
