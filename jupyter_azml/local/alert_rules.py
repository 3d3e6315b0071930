"""What is kept of a rule beside its row, and how it goes."""

from ..entities import AlertRule
from .db import Database
from .named import delete_owned, list_named
from .paths import WorkspacePaths
from .secret_store import private_files

_MOST_ALERTS = 10_000


def webhook_key(rule: AlertRule) -> str:
    """Where the whole address is kept: it often holds a secret."""
    return f"alert-{rule.endpoint}-{rule.name}".lower()


def forget_alerts(paths: WorkspacePaths, db: Database, endpoint: str) -> None:
    """All rules of an endpoint that is being deleted: one that gets its name later begins without any."""
    rows, _following = list_named(db, "alert_rules", _MOST_ALERTS, None, owner=endpoint)
    for row in rows:
        private_files(paths).remove(webhook_key(AlertRule.model_validate_json(row)))
    delete_owned(db, "alert_rules", endpoint)
