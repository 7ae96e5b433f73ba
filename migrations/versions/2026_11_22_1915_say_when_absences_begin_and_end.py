"""Say when an absence begins and ends: the sweep then looks at what is due, not at everybody who is ever away."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "b41c6e0d92f7"
down_revision = "b8e4d1f07a36"
branch_labels = None
depends_on = None

ONLY_DUE = sa.text("due_at IS NOT NULL")


def upgrade() -> None:
    op.add_column("absences", sa.Column("due_at", sa.DateTime(timezone=True)))
    op.create_index("ix_absences_due_at", "absences", ["due_at"], sqlite_where=ONLY_DUE, postgresql_where=ONLY_DUE)


def downgrade() -> None:
    op.drop_index("ix_absences_due_at", table_name="absences")
    op.drop_column("absences", "due_at")
