"""The databases that the shop is tested with: a SQLite file, or a PostgreSQL server of our own.

Both are used in the same way: url, run(sql) -> rows, and ways to make the database fail or wait.
"""

import atexit
import contextlib
import glob
import json
import os
import secrets
import shutil
import socket
import sqlite3
import subprocess
import tempfile

UNPRIVILEGED, UNPRIVILEGED_GROUP = 'nobody', 'nogroup'  # PostgreSQL does not run as root
PASSWORD = '@'.join(secrets.token_hex(6) for _ in range(2)) + '/' + secrets.token_hex(6) + ':' + secrets.token_hex(6)


class Sqlite:
    kind = 'sqlite'

    def __init__(self, directory):
        self.path = os.path.join(directory, 'orders.db')
        self.url = 'sqlite:' + self.path

    @contextlib.contextmanager
    def connection(self):
        connection = sqlite3.connect(self.path, isolation_level=None, timeout=10)
        try:
            yield connection
        finally:
            connection.close()

    def run(self, sql):
        with self.connection() as connection:
            return connection.execute(sql).fetchall()

    def create_trigger(self, name, when, act):
        do = {'fail': "SELECT RAISE(ABORT, 'out of order')",
              'wait': 'SELECT count(*) FROM (WITH RECURSIVE c (x) AS (SELECT 1 UNION ALL'
                      ' SELECT x + 1 FROM c LIMIT 2000000000) SELECT x FROM c)'}[act]
        self.run(f'CREATE TRIGGER {name} {when} BEGIN {do}; END')

    def drop_trigger(self, name, _table):
        self.run(f'DROP TRIGGER {name}')

    def busy(self):
        """Whether a transaction that writes is under way."""
        with self.connection() as connection:
            connection.execute('PRAGMA busy_timeout = 0')
            try:
                connection.execute('BEGIN IMMEDIATE')
            except sqlite3.OperationalError:
                return True
            connection.execute('ROLLBACK')
            return False

    @contextlib.contextmanager
    def held(self):
        """Somebody else writes and does not come to an end."""
        with self.connection() as connection:
            connection.execute('BEGIN IMMEDIATE')
            yield
            connection.execute('ROLLBACK')

    def close(self):
        pass


class Server:
    """A PostgreSQL cluster in a directory of its own, as an unprivileged user."""

    shared = None

    @classmethod
    def get(cls):
        if cls.shared is None:
            cls.shared = cls()
            atexit.register(cls.shared.close)
        return cls.shared

    def __init__(self):
        programs = sorted(glob.glob('/usr/lib/postgresql/*/bin'), key=lambda path: int(path.split('/')[4]))
        if not programs:
            raise FileNotFoundError('PostgreSQL is not installed (Debian: apt install postgresql)')
        self.programs = programs[-1]
        self.directory = tempfile.mkdtemp(prefix='order-postgresql-')
        self.data = os.path.join(self.directory, 'data')
        if os.getuid() == 0:
            shutil.chown(self.directory, UNPRIVILEGED)
        os.chmod(self.directory, 0o755)
        secret = os.path.join(self.directory, 'password')
        with open(secret, 'w', encoding='ascii') as file:
            file.write(PASSWORD + '\n')
        self.command('initdb', '-D', self.data, '-U', 'shop', '--auth=scram-sha-256', '-E', 'UTF8',
                     '--locale=C', f'--pwfile={secret}')
        self.port = free_port()
        with open(os.path.join(self.data, 'postgresql.conf'), 'a', encoding='ascii') as file:
            file.write(f"listen_addresses = '127.0.0.1'\nport = {self.port}\n"
                       f"unix_socket_directories = '{self.directory}'\n"
                       'client_connection_check_interval = 100\n')
        self.start()

    def command(self, program, *arguments, check=True):
        change = ['setpriv', f'--reuid={UNPRIVILEGED}', f'--regid={UNPRIVILEGED_GROUP}',
                  '--clear-groups'] if os.getuid() == 0 else []
        with open(os.path.join(self.directory, 'commands.log'), 'ab') as log:
            done = subprocess.run([*change, os.path.join(self.programs, program), *arguments],
                                  stdin=subprocess.DEVNULL, stdout=log, stderr=log, cwd='/',
                                  env={'PATH': os.environ['PATH'], 'LC_ALL': 'C'}, check=False)
        if check and done.returncode:
            raise ChildProcessError(f'{program} ended with {done.returncode}: {self.log()}')

    def log(self):
        text = ''
        for name in ('commands.log', 'server.log'):
            with contextlib.suppress(FileNotFoundError):
                with open(os.path.join(self.directory, name), errors='replace') as file:
                    text += file.read()
        return text[-3000:]

    def start(self):
        self.command('pg_ctl', '-D', self.data, '-w', '-l',
                     os.path.join(self.directory, 'server.log'), 'start')

    def stop(self, mode='fast'):
        """fast: ends its clients and stores all; immediate: as if the machine had died."""
        self.command('pg_ctl', '-D', self.data, '-w', '-m', mode, 'stop')

    def restart(self, mode='fast'):
        self.stop(mode)
        self.start()

    def url(self, name, host='127.0.0.1'):
        quoted = PASSWORD.replace('%', '%25').replace('@', '%40').replace('/', '%2F').replace(':', '%3A')
        return f'postgresql://shop:{quoted}@{host}:{self.port}/{name}'

    def psql(self, name, sql):
        done = subprocess.run(
            [os.path.join(self.programs, 'psql'), '-XqAt', '-v', 'ON_ERROR_STOP=1', '-h',
             self.directory, '-p', str(self.port), '-U', 'shop', '-d', name, '-c', sql],
            env={'PATH': os.environ['PATH'], 'PGPASSWORD': PASSWORD}, capture_output=True,
            text=True, check=False)
        if done.returncode:
            raise ChildProcessError(f'{sql}: {done.stderr}')
        return done.stdout

    def close(self):
        self.command('pg_ctl', '-D', self.data, '-m', 'immediate', 'stop', check=False)
        shutil.rmtree(self.directory, ignore_errors=True)


class Postgres:
    """A database of its own on the server that all tests share."""

    kind = 'postgresql'

    def __init__(self, _directory=None):
        self.server = Server.get()
        self.name = 'shop_' + secrets.token_hex(6)
        self.server.psql('postgres', f'CREATE DATABASE {self.name}')
        self.url = self.server.url(self.name)

    def run(self, sql):
        if not sql.startswith('SELECT'):
            self.server.psql(self.name, sql)
            return []
        out = self.server.psql(self.name, f'SELECT to_json(ARRAY(SELECT to_json(row) FROM ({sql}) row))')
        return [tuple(row.values()) for row in json.loads(out)]

    def create_trigger(self, name, when, act):
        do = {'fail': "RAISE EXCEPTION 'out of order'", 'wait': 'PERFORM pg_sleep(1000)'}[act]
        moment, _, condition = when.partition(' WHEN ')
        condition = f'WHEN ({condition})' if condition else ''
        self.run(f'CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql'
                 f' AS $$ BEGIN {do}; RETURN NEW; END $$;'
                 f'CREATE TRIGGER {name} {moment} FOR EACH ROW {condition} EXECUTE FUNCTION {name}()')

    def drop_trigger(self, name, table):
        self.run(f'DROP TRIGGER {name} ON {table}; DROP FUNCTION {name}')

    def busy(self):
        """Whether a trigger that waits is reached."""
        return self.run("SELECT count(*) FROM pg_stat_activity WHERE wait_event = 'PgSleep'"
                        f" AND datname = '{self.name}'")[0][0] > 0

    @contextlib.contextmanager
    def held(self, table='orders'):
        """Somebody else has a table and does not come to an end."""
        holder = subprocess.Popen(
            [os.path.join(self.server.programs, 'psql'), '-Xq', '-h', self.server.directory, '-p',
             str(self.server.port), '-U', 'shop', '-d', self.name],
            env={'PATH': os.environ['PATH'], 'PGPASSWORD': PASSWORD}, stdin=subprocess.PIPE,
            stdout=subprocess.PIPE, text=True)
        with holder:
            holder.stdin.write(f'BEGIN; LOCK TABLE {table} IN ACCESS EXCLUSIVE MODE;\n\\echo held\n')
            holder.stdin.flush()
            holder.stdout.readline()
            yield
            holder.stdin.close()

    def close(self):
        with contextlib.suppress(ChildProcessError):  # what a killed shop had may take a moment to end
            self.server.psql('postgres', f'DROP DATABASE {self.name} WITH (FORCE)')


def free_port():
    with socket.create_server(('127.0.0.1', 0)) as server:
        return server.getsockname()[1]


KINDS = {'sqlite': Sqlite, 'postgresql': Postgres}
KIND = os.environ.get('DATABASE') or 'sqlite'
