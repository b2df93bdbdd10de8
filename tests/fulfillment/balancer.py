"""nginx in front of several servers, with a directory and a port of its own."""

import os
import shutil
import subprocess

from databases import UNPRIVILEGED, UNPRIVILEGED_GROUP
from stage import fetch, until

CONFIG = """
{user}daemon off;
master_process on;
worker_processes 1;
error_log {directory}/nginx-error.log;
pid {directory}/nginx.pid;
events {{ worker_connections 1024; }}
http {{
    access_log off;
    client_body_temp_path {directory}/nginx-body;
    proxy_temp_path {directory}/nginx-proxy;
    fastcgi_temp_path {directory}/nginx-fastcgi;
    uwsgi_temp_path {directory}/nginx-uwsgi;
    scgi_temp_path {directory}/nginx-scgi;
    client_max_body_size 2m;
    upstream shop {{
{servers}
        keepalive 32;
    }}
    server {{
        listen 127.0.0.1:{port};
        location / {{
            proxy_pass http://shop;
            proxy_http_version 1.1;
            proxy_set_header Connection "";
            proxy_set_header Host $http_host;
            proxy_connect_timeout 2s;
        }}
    }}
}}
"""


class Balancer:
    def __init__(self, directory, port, ports):
        self.directory, self.port = os.path.join(directory, 'nginx'), port
        os.chmod(directory, 0o755)
        os.mkdir(self.directory)
        root = os.getuid() == 0
        if root:
            shutil.chown(self.directory, UNPRIVILEGED, UNPRIVILEGED_GROUP)
        self.config = os.path.join(self.directory, 'nginx.conf')
        with open(self.config, 'w', encoding='ascii') as file:
            file.write(CONFIG.format(
                directory=self.directory, port=self.port,
                user=f'user {UNPRIVILEGED} {UNPRIVILEGED_GROUP};\n' if root else '',
                servers='\n'.join(f'        server 127.0.0.1:{port} max_fails=1 fail_timeout=1s;'
                                  for port in ports)))

    def __enter__(self):
        program = shutil.which('nginx', path=os.environ['PATH'] + ':/usr/sbin')
        if not program:
            raise FileNotFoundError('nginx is not installed (Debian: apt install nginx-light)')
        self.process = subprocess.Popen([program, '-e', self.directory + '/nginx-error.log', '-c', self.config],
                                        stdin=subprocess.DEVNULL)

        def answers():
            try:
                return fetch('GET', f'http://127.0.0.1:{self.port}/health').status == 200
            except OSError:
                return False
        until('nginx answers', answers)
        return self

    def __exit__(self, *_):
        self.process.terminate()
        self.process.wait()
