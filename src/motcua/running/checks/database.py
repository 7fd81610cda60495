"""The database: which server, who may do what, what is applied, whether its clock and its letters are right."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import timedelta

import psycopg
from django.db import OperationalError, connection
from django.db.migrations.executor import MigrationExecutor
from psycopg import sql

from motcua.foundation.kernel.clocks import now
from motcua.foundation.kernel.tables import TableClass
from motcua.running.checks.finding import Finding, bad, good, note
from motcua.running.grants import RETENTION, declared

OLDEST, NEWEST = 15, 18
APART = timedelta(seconds=2)
ROLES = {
    "DATABASE_URL": "app",
    "DATABASE_OWNER_URL": "owner",
    "DATABASE_RETENTION_URL": "retention",
    "DATABASE_READER_URL": "reader",
}
EXTENSIONS = ("pg_trgm", "unaccent")
DEFAULTS = """
SELECT child.relname, parent.relname FROM pg_inherits
JOIN pg_class child ON child.oid = inhrelid JOIN pg_class parent ON parent.oid = inhparent
WHERE pg_get_expr(child.relpartbound, child.oid) = 'DEFAULT' ORDER BY 1
"""
WHO = "SELECT rolname, rolsuper FROM pg_roles WHERE rolname = current_user"
HELD = """
SELECT table_name, string_agg(privilege_type, ',') FROM information_schema.role_table_grants
WHERE grantee = current_user AND table_schema = 'public' GROUP BY 1
"""


def everything(urls: Mapping[str, str]) -> Iterator[Finding]:
    """Look at the server through each role; ``urls`` are the environment's, by the names of ``ROLES``."""
    yield from _server(urls["DATABASE_URL"])
    for name, role in ROLES.items():
        if name in urls:
            yield from _role(urls[name], role, name)
        else:
            yield note(f"Chưa khai báo {name}: việc của vai trò {role} không chạy được từ máy này")


def answers() -> bool:
    """Say whether Django's own connection works; why it does not is in the roles' lines."""
    try:
        connection.ensure_connection()
    except OperationalError:
        return False
    return True


def schema(owner_url: str = "") -> Iterator[Finding]:
    """Migrations, and rows that fell into DEFAULT partitions; asks as the application, or as owner when given."""
    plan = MigrationExecutor(connection)
    waiting = plan.migration_plan(plan.loader.graph.leaf_nodes())
    if waiting:
        first = ", ".join(f"{migration.app_label}.{migration.name}" for migration, _back in waiting[:5])
        yield bad(f"Còn {len(waiting)} migration chưa áp dụng: {first}", "Chạy motcua migrate (vai trò owner).")
        return
    yield good("Mọi migration đã áp dụng")
    yield from _defaults(owner_url)


def _server(url: str) -> Iterator[Finding]:
    try:
        with psycopg.connect(url, connect_timeout=5) as found:
            before = now()
            row = found.execute("SELECT clock_timestamp(), lower('Đ'), current_setting('server_encoding')").fetchone()
            after = now()
            version = found.info.server_version // 10_000
            present = {name for (name,) in found.execute("SELECT extname FROM pg_extension").fetchall()}
    except psycopg.OperationalError:
        return  # said once, by the role
    assert row is not None  # noqa: S101 - a SELECT without FROM gives one row
    if OLDEST <= version <= NEWEST:
        yield good(f"PostgreSQL {version}")
    else:
        yield bad(f"PostgreSQL {version}", f"Dùng PostgreSQL {OLDEST}–{NEWEST}.")
    theirs, letter, encoding = row
    off = max(before - theirs, theirs - after, timedelta())
    words = f"Đồng hồ của máy và của cơ sở dữ liệu lệch {off.total_seconds():.1f} giây"
    yield (
        good(words) if off <= APART else bad(words, "Bật đồng bộ giờ (NTP: chrony, systemd-timesyncd) trên cả hai máy.")
    )
    if (letter, encoding) == ("đ", "UTF8"):
        yield good("Cơ sở dữ liệu biết chữ Đ (UTF8)")
    else:
        yield bad(
            f"lower('Đ') cho “{letter}”, bảng mã {encoding}",
            "Tạo lại cơ sở dữ liệu với ENCODING 'UTF8' và bảng chữ C.UTF-8 hoặc vi_VN.UTF-8 (xem motcua roles).",
        )
    for name in EXTENSIONS:
        if name not in present:
            yield bad(f"Thiếu phần mở rộng {name}", f"DBA chạy trong cơ sở dữ liệu này: CREATE EXTENSION {name};")


def _role(url: str, role: str, variable: str) -> Iterator[Finding]:
    try:
        with psycopg.connect(url, connect_timeout=5) as found:
            user, is_super = found.execute(WHO).fetchone() or ("", False)
            held = {table: frozenset(kinds.split(",")) for table, kinds in found.execute(HELD).fetchall()}
            present = {
                table for (table,) in found.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
            }
    except psycopg.OperationalError as problem:
        said = str(problem).strip().splitlines()[-1]
        yield bad(f"Vai trò {role} không kết nối được: {said}", f"Kiểm tra {variable}, mật khẩu và pg_hba.conf.")
        return
    if role == "owner":
        yield good(f"Vai trò owner ({user}) kết nối được")
    elif is_super:
        yield bad(f"{user} là siêu người dùng", f"ALTER ROLE {user} NOSUPERUSER;")
    elif different := _differences(wanted(role), held, present):
        yield bad(
            f"Quyền của {user} khác khai báo ở {len(different)} bảng: {'; '.join(different[:3])}",
            "Chạy motcua migrate: nó cấp lại đúng quyền đã khai báo.",
        )
    else:
        yield good(f"Vai trò {role} ({user}) kết nối được, quyền đúng như khai báo")


def wanted(role: str) -> dict[str, frozenset[str]]:
    """Return the privileges a role should hold, by table."""
    if role == "app":
        return {table: _kinds(kind.value) for table, kind in declared()}
    found = {table: _kinds(TableClass.REFERENCE.value) for table, _kind in declared()}
    if role == "retention":
        for table, more in RETENTION.items():
            found[table] |= _kinds(more)
    return found


def _kinds(text: str) -> frozenset[str]:
    return frozenset(part.strip() for part in text.split(","))


def _differences(
    want: Mapping[str, frozenset[str]], held: Mapping[str, frozenset[str]], present: set[str]
) -> list[str]:
    found = []
    for table in sorted(present & want.keys() | held.keys()):
        should, has = want.get(table, frozenset()), held.get(table, frozenset())
        words = [f"thừa {', '.join(sorted(has - should))}"] if has - should else []
        words += [f"thiếu {', '.join(sorted(should - has))}"] if should - has else []
        if words:
            found.append(f"{table} {' và '.join(words)}")
    return found


def _defaults(owner_url: str) -> Iterator[Finding]:
    with connection.cursor() as cursor:
        cursor.execute(DEFAULTS)
        found = cursor.fetchall()
        filled = [child for child, parent in found if _has_rows(child, parent, owner_url)]
    if filled:
        yield bad(
            f"Có dòng nằm trong phân vùng DEFAULT: {', '.join(filled)}",
            "Phân vùng tháng chưa được tạo kịp; kiểm tra motcua worker có chạy không, rồi chuyển các dòng đó (docs/mechanisms/journal.md).",
        )
    elif found:
        yield good("Không có dòng nào rơi vào phân vùng DEFAULT")


def _has_rows(child: str, parent: str, owner_url: str) -> bool:
    """Ask the partition itself as owner; the application only sees it through its parent."""
    if owner_url:
        with psycopg.connect(owner_url, connect_timeout=5) as owner:
            query = sql.SQL("SELECT EXISTS (SELECT 1 FROM {})").format(sql.Identifier(child))
            return bool((owner.execute(query).fetchone() or (False,))[0])
    with connection.cursor() as mine:
        mine.execute(f'SELECT EXISTS (SELECT 1 FROM "{parent}" WHERE tableoid = %s::regclass)', [child])  # noqa: S608
        return bool(mine.fetchone()[0])
