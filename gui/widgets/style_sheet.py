"""The application's style sheet."""

from PySide6.QtCore import QSize
from PySide6.QtGui import QGuiApplication

from core.system.paths import assets_folder
from gui.system.window_geometry import fitting_size
from gui.widgets.colours import Colours

SPACING = 12
MARGIN = 16
RADIUS = 10
LARGEST = QSize(100_000, 100_000)


def room_for_dialogs() -> QSize:
    """The largest size that a dialog may have on every screen, without its frame."""
    rooms = [fitting_size(LARGEST, screen.availableGeometry()) for screen in QGuiApplication.screens()]
    return QSize(min(room.width() for room in rooms), min(room.height() for room in rooms))


def make_style_sheet(colours: Colours, text_scale: float) -> str:
    """The rules for cards, tabs, buttons, fields and so on, with texts `text_scale` times their actual size."""
    c = colours
    line, box = round(20 * text_scale), round(16 * text_scale)
    room = room_for_dialogs()
    icons = (assets_folder() / "icons").as_posix()
    return f"""
    QMainWindow, QDialog {{ background: {c.window}; }}
    QFileDialog {{ max-width: {room.width()}px; max-height: {room.height()}px; }}
    QToolTip {{ background: {c.card}; color: {c.text}; border: 1px solid {c.border}; padding: 4px 6px; }}

    QFrame[card="true"] {{ background: {c.card}; border: 1px solid {c.border}; border-radius: {RADIUS}px; }}
    QLabel[faint="true"] {{ color: {c.faint_text}; }}
    QLabel[heading="true"] {{ font-weight: 600; }}
    QLabel[problem="true"], QLabel[tone="bad"] {{ color: {c.bad}; }}
    QLabel[tone="good"] {{ color: {c.good}; }}
    QLabel[tone="doubtful"] {{ color: {c.doubtful}; }}
    QLabel[tone="faint"] {{ color: {c.faint_text}; }}
    QFrame#notice {{ border: 1px solid {c.accent}; }}
    QFrame#notice[problem="true"] {{ border: 1px solid {c.bad}; }}

    QTabWidget::pane {{ border: none; }}
    QTabWidget::tab-bar {{ left: {MARGIN - 8}px; }}
    QTabBar {{ background: transparent; }}
    QTabBar::tab {{ padding: 9px 12px 8px 12px; margin: 0 2px; color: {c.faint_text};
                    border: none; border-bottom: 2px solid transparent; }}
    QTabBar::tab:selected {{ color: {c.text}; border-bottom: 2px solid {c.accent}; font-weight: 600; }}
    QTabBar::tab:hover:!selected {{ color: {c.text}; }}
    QTabBar::tab:selected:focus {{ background: {c.hover}; border-top-left-radius: 7px; border-top-right-radius: 7px; }}

    QPushButton, QToolButton {{ background: {c.card}; color: {c.text}; border: 1px solid {c.border};
                                border-radius: 7px; padding: 7px 14px; }}
    QToolButton {{ padding: 7px 9px; }}
    QToolButton#noticeClose {{ border: 1px solid transparent; padding: 2px; background: transparent; }}
    QToolButton[link="true"], QToolButton[link="true"]:checked {{ border: none; padding: 0; background: transparent;
                                                                  color: {c.accent}; }}
    QToolButton[link="true"][quiet="true"] {{ color: {c.faint_text}; }}
    QToolButton[link="true"]:hover, QToolButton[link="true"]:focus {{ text-decoration: underline; }}
    QPushButton:hover, QToolButton:hover {{ background: {c.hover}; }}
    QPushButton:pressed, QToolButton:pressed, QToolButton:checked {{ background: {c.track}; }}
    QPushButton:focus, QToolButton:focus {{ border: 1px solid {c.accent}; }}
    QPushButton:disabled, QToolButton:disabled {{ color: {c.faint_text}; background: {c.window}; }}
    QPushButton[primary="true"] {{ background: {c.accent}; color: {c.on_accent}; border: 1px solid {c.accent};
                                   font-weight: 600; }}
    QPushButton[primary="true"]:disabled {{ background: {c.track}; color: {c.faint_text};
                                            border: 1px solid {c.track}; }}
    QPushButton[primary="true"]:focus {{ border: 2px solid {c.text}; padding: 6px 13px; }}

    QLineEdit, QSpinBox, QDoubleSpinBox, QComboBox {{ background: {c.card}; color: {c.text};
        border: 1px solid {c.border}; border-radius: 7px; padding: 5px 8px; min-height: {line}px;
        selection-background-color: {c.accent}; selection-color: {c.on_accent}; }}
    QLineEdit:focus, QSpinBox:focus, QDoubleSpinBox:focus, QComboBox:focus {{ border: 1px solid {c.accent}; }}
    QLineEdit[problem="true"], QSpinBox[problem="true"], QDoubleSpinBox[problem="true"] {{ border: 1px solid {c.bad}; }}
    QLineEdit:disabled, QSpinBox:disabled, QDoubleSpinBox:disabled, QComboBox:disabled {{
        color: {c.faint_text}; background: {c.window}; }}
    QComboBox {{ combobox-popup: 0; }}
    QComboBox QAbstractItemView {{ background: {c.card}; color: {c.text}; border: 1px solid {c.border}; padding: 4px;
        selection-background-color: {c.accent}; selection-color: {c.on_accent}; outline: none; }}
    QComboBox QAbstractItemView::item {{ min-height: {line + 6}px; }}

    QSlider:horizontal {{ min-height: 24px; }}
    QSlider:vertical {{ min-width: 24px; }}
    QComboBox::drop-down {{ border: none; width: 24px; }}
    QComboBox::down-arrow {{ image: url("{icons}/chevron-down.svg"); width: 12px; height: 12px; }}
    QAbstractSpinBox::up-button, QAbstractSpinBox::down-button {{ border: none; width: 20px; right: 3px;
        background: transparent; }}
    QAbstractSpinBox::up-button {{ subcontrol-position: top right; top: 3px; }}
    QAbstractSpinBox::down-button {{ subcontrol-position: bottom right; bottom: 3px; }}
    QAbstractSpinBox::up-arrow {{ image: url("{icons}/chevron-up.svg"); width: 11px; height: 11px; }}
    QAbstractSpinBox::down-arrow {{ image: url("{icons}/chevron-down.svg"); width: 11px; height: 11px; }}
    QCheckBox {{ spacing: 8px; }}
    QCheckBox::indicator {{ width: {box}px; height: {box}px; border: 1px solid {c.faint_text}; border-radius: 4px;
        background: {c.card}; }}
    QCheckBox::indicator:checked {{ background: #2563c9; border: 1px solid #2563c9;
        image: url("{icons}/check.svg"); }}
    QCheckBox::indicator:focus {{ width: {box - 2}px; height: {box - 2}px; border: 2px solid {c.text}; }}
    QCheckBox::indicator:checked:disabled {{ background: {c.faint_text}; border: 1px solid {c.faint_text}; }}
    QToolButton::menu-indicator {{ image: url("{icons}/chevron-down.svg"); width: 11px; height: 11px;
        subcontrol-position: right center; right: 7px; }}
    QToolButton[popupMode="2"] {{ padding-right: 24px; }}

    QSlider::groove:horizontal {{ height: 4px; background: {c.track}; border-radius: 2px; }}
    QSlider::sub-page:horizontal {{ background: {c.accent}; border-radius: 2px; }}
    QSlider::handle:horizontal {{ width: 16px; height: 16px; margin: -6px 0; border-radius: 8px;
                                  background: {c.accent}; }}
    QSlider::groove:vertical {{ width: 4px; background: {c.track}; border-radius: 2px; }}
    QSlider::add-page:vertical {{ background: {c.accent}; border-radius: 2px; }}
    QSlider::handle:vertical {{ width: 16px; height: 16px; margin: 0 -6px; border-radius: 8px;
                                background: {c.accent}; }}
    QSlider::handle:focus {{ width: 12px; height: 12px; border: 2px solid {c.text}; }}

    QProgressBar {{ background: {c.track}; border: none; border-radius: 4px; max-height: 8px; min-height: 8px;
                    color: transparent; }}
    QProgressBar::chunk {{ background: {c.accent}; border-radius: 4px; }}

    QTableView {{ background: {c.card}; color: {c.text}; border: 1px solid transparent; border-radius: 6px;
        gridline-color: {c.border}; selection-background-color: {c.hover}; selection-color: {c.text};
        outline: none; }}
    QTableView:focus {{ border: 1px solid {c.accent}; }}
    QTableView[heat="true"] QTableCornerButton::section {{ background: {c.card}; border: none; }}
    QTableView[heat="true"] QHeaderView::section:horizontal {{ padding: 5px 0; }}
    QTableView[heat="true"] QHeaderView::section:vertical {{ border: none; }}
    QListView[thumbnails="true"] {{ background: {c.card}; border: 1px solid transparent; border-radius: 6px;
        outline: none; }}
    QListView[thumbnails="true"]:focus {{ border: 1px solid {c.accent}; }}
    QHeaderView::section {{ background: {c.card}; color: {c.faint_text}; border: none;
                            border-bottom: 1px solid {c.border}; padding: 5px 8px; }}
    QScrollArea {{ background: transparent; border: none; }}
    QScrollArea > QWidget > QWidget {{ background: transparent; }}
    QScrollBar:vertical {{ background: transparent; width: 10px; margin: 2px; }}
    QScrollBar::handle:vertical {{ background: {c.border}; border-radius: 3px; min-height: 28px; }}
    QScrollBar:horizontal {{ background: transparent; height: 10px; margin: 2px; }}
    QScrollBar::handle:horizontal {{ background: {c.border}; border-radius: 3px; min-width: 28px; }}
    QScrollBar::add-line, QScrollBar::sub-line {{ width: 0; height: 0; }}
    QScrollBar::add-page, QScrollBar::sub-page {{ background: transparent; }}

    QMenuBar {{ background: {c.window}; color: {c.text}; }}
    QMenuBar::item {{ padding: 5px 10px; background: transparent; border-radius: 5px; }}
    QMenuBar::item:selected {{ background: {c.hover}; }}
    QMenu {{ background: {c.card}; color: {c.text}; border: 1px solid {c.border}; padding: 5px; }}
    QMenu::item {{ padding: 6px 26px 6px 12px; border-radius: 5px; }}
    QMenu::item:selected {{ background: {c.hover}; }}
    QMenu::item:disabled {{ color: {c.faint_text}; }}
    QMenu::separator {{ height: 1px; background: {c.border}; margin: 5px 8px; }}
    QStatusBar {{ background: {c.window}; color: {c.faint_text}; border-top: 1px solid {c.border}; }}
    QStatusBar QLabel {{ color: {c.faint_text}; }}
    QStatusBar QToolButton {{ background: transparent; border: none;
        color: {c.accent}; padding: 2px {MARGIN - 2}px 0; }}
    QStatusBar QToolButton:hover, QStatusBar QToolButton:focus {{ text-decoration: underline; }}
    QStatusBar::item {{ border: none; }}
    """
