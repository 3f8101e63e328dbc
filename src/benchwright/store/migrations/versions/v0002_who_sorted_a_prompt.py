"""What told the category of a prompt; voters are found by how they signed in."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Every prompt so far was sorted by rules."""
    op.add_column("battles", sa.Column("sorted_by", sa.Text(), nullable=False, server_default="rules"))
    op.create_index("voters_by_sign_in", "voters", ["signed_in_by"], unique=False)
