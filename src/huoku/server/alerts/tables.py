"""Examinations and what they found, as people and programs see them."""

from huoku.language import Sentence
from huoku.server.alerts.models import Anomaly, Examination
from huoku.server.alerts.rights import READ
from huoku.server.platform.tables.table import Expand, declare

declare(
    "examinations",
    Examination,
    read=READ,
    title=Sentence("账务检查", "Examinations of the books"),
    columns=("id", "examined_at", "wrong", "doubtful", "version"),
    expands={"anomalies": Expand("anomalies", "examination_id", many=True)},
)
declare(
    "anomalies",
    Anomaly,
    read=READ,
    title=Sentence("账务异常", "Anomalies in the books"),
    columns=("id", "examination", "rule", "text_zh", "text_en", "streams", "is_doubtful"),
    expands={"examination": Expand("examinations", "examination_id")},
)
