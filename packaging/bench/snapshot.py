#!/usr/bin/env python3
"""Snapshots of a Linux guest that uses about 100 MiB of its 512: ours beside QEMU's, in one run."""
import argparse
import json
import os
import re
import select
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time

# Half of it cannot be packed, half is programs, each time at other places in their pages; together with the system itself that is
# about 100 MiB. The guest says how much of its memory is not free, the kernel included.
FILL = ('head -c 28m /dev/urandom >/tmp/a; for i in $(seq 60); do cat /bin/busybox; done | head -c 28m >/tmp/b;'
        ' awk \'/MemFree/{print "FILL" "ED", int(512-$2/1024), "MiB used"}\' /proc/meminfo >/dev/ttyS0')


class Failed(Exception):
    pass


def wait_for(what, seen, seconds):
    end = time.time() + seconds
    while time.time() < end:
        if seen():
            return
        time.sleep(0.02)
    raise Failed(f'{what} did not happen within {seconds} s')


def used(text):
    return int(re.search(r'FILLED (\d+) MiB', text).group(1)) << 20


class Ours:
    def __init__(self, o, folder):
        self.terrarium = o.terrarium
        self.serial = os.path.join(folder, 'serial')
        self.env = dict(os.environ, TERRARIUM_HOME=os.path.join(folder, 'home'))
        self.command('vm', 'create', 'b', '--memory', '512', '--disk-size', '200G', '--cdrom', o.iso,
                     '--serial', 'file:' + self.serial)

    def command(self, *args):
        done = subprocess.run([self.terrarium, *args], env=self.env, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        if done.returncode != 0:
            raise Failed(' '.join(args) + ': ' + done.stderr)
        return done.stdout

    def heard(self):
        try:
            return open(self.serial, errors='replace').read()
        except FileNotFoundError:
            return ''

    def said(self, text):
        return text in self.heard()

    def timed(self, *args):
        start = time.time()
        out = self.command(*args)
        return time.time() - start, out

    def run(self, o):
        r = {}
        start = time.time()
        self.command('vm', 'start', 'b', '--headless')
        wait_for('the boot', lambda: self.said('GUEST-READY'), o.timeout)
        r['boot'] = time.time() - start
        self.command('vm', 'type', 'b', FILL + '<enter>')
        wait_for('the filling of memory', lambda: self.said('FILLED'), o.timeout)
        r['take'], out = self.timed('vm', 'snapshot', 'take', 'b', 'first')
        r['pause'] = int(re.search(r'still for (\d+) ms', out).group(1)) / 1000
        for n in range(o.idle):
            self.command('vm', 'snapshot', 'take', 'b', f'idle{n}')
        sizes = {s['name']: s['bytes'] for s in json.loads(self.command('vm', 'snapshot', 'list', 'b', '--json'))}
        r['size'] = sizes['first']
        r['idle size'] = max(sizes[f'idle{n}'] for n in range(o.idle))
        r['used'] = used(self.heard())
        self.command('vm', 'stop', 'b', '--force')
        r['restore'], _ = self.timed('vm', 'snapshot', 'restore', 'b', 'first', '--start')
        r['linked clone, from the snapshot'], _ = self.timed('vm', 'clone', 'b', 'c', '--linked', '--from', 'first')
        r['suspend'], _ = self.timed('vm', 'suspend', 'b')
        r['resume'], _ = self.timed('vm', 'resume', 'b')
        self.command('vm', 'stop', 'b', '--force')
        r['linked clone, off'], _ = self.timed('vm', 'clone', 'b', 'd', '--linked')
        r['a command'], _ = self.timed('vm', 'show', 'b')
        return r

    def close(self):
        try:
            self.command('vm', 'stop', 'b', '--force')
        except Failed:
            pass


class Qemu:
    def __init__(self, o, folder):
        disk = os.path.join(folder, 'q.qcow2')
        subprocess.run(['qemu-img', 'create', '-q', '-f', 'qcow2', disk, '1G'], check=True)
        monitor = os.path.join(folder, 'monitor')
        self.process = subprocess.Popen(
            ['qemu-system-i386', '-accel', 'tcg', '-m', '512', '-cdrom', o.iso, '-boot', 'd', '-drive', f'file={disk},format=qcow2',
             '-display', 'none', '-serial', 'stdio', '-monitor', 'none', '-qmp', f'unix:{monitor},server,nowait'],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        self.disk = disk
        self.text = ''
        wait_for("QEMU's monitor", lambda: os.path.exists(monitor), 30)
        self.socket = socket.socket(socket.AF_UNIX)
        self.socket.connect(monitor)
        self.answers = self.socket.makefile()
        self.answers.readline()
        self.ask('qmp_capabilities')

    def said(self, text):
        while select.select([self.process.stdout], [], [], 0)[0]:
            more = os.read(self.process.stdout.fileno(), 65536)
            if not more:
                raise Failed('QEMU ended')
            self.text += more.decode(errors='replace')
        return text in self.text

    def ask(self, what, **arguments):
        self.socket.sendall(json.dumps({'execute': what, 'arguments': arguments}).encode() + b'\n')
        while True:
            line = self.answers.readline()
            if not line:
                raise Failed('QEMU ended')
            answer = json.loads(line)
            if 'error' in answer:
                raise Failed(f'QEMU: {answer["error"]["desc"]}')
            if 'return' in answer:
                return answer['return']

    def monitor(self, command):
        start = time.time()
        said = self.ask('human-monitor-command', **{'command-line': command})
        if said.strip():
            raise Failed(f'QEMU, {command}: {said.strip()}')
        return time.time() - start

    def run(self, o):
        r = {}
        start = time.time()
        wait_for('the boot in QEMU', lambda: self.said('GUEST-READY'), o.timeout)
        r['boot'] = time.time() - start
        self.process.stdin.write((FILL + '\n').encode())
        self.process.stdin.flush()
        wait_for('the filling of memory in QEMU', lambda: self.said('FILLED'), o.timeout)
        before = os.stat(self.disk).st_blocks * 512
        r['take'] = r['pause'] = self.monitor('savevm first')
        r['size'] = os.stat(self.disk).st_blocks * 512 - before
        r['used'] = used(self.text)
        r['restore'] = self.monitor('loadvm first')
        return r

    def close(self):
        self.process.kill()
        self.process.wait()


def main():
    p = argparse.ArgumentParser()
    p.add_argument('--iso', required=True)
    p.add_argument('--terrarium', required=True)
    p.add_argument('--idle', type=int, default=5)
    p.add_argument('--timeout', type=int, default=600)
    o = p.parse_args()
    # Ended from outside, it must not leave machines running either.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit('bench-snapshot: ended'))
    folder = tempfile.mkdtemp(prefix='bench-snapshot-')
    results = []
    try:
        for kind in (Ours, Qemu):
            machine = kind(o, folder)
            try:
                results.append(machine.run(o))
            finally:
                machine.close()
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    ours, qemu = results
    print(f'{"":34}{"ours":>12}{"QEMU":>12}{"ratio":>8}')
    for name in ours:
        size = 'size' in name or name == 'used'
        show = (lambda v: f'{v / 1048576:.1f} MiB') if size else (lambda v: f'{v:.3f} s')
        other = qemu.get(name)
        ratio = f'{ours[name] / other:8.2f}' if other else ''
        print(f'{name:34}{show(ours[name]):>12}{show(other) if other else "":>12}{ratio}')
    print(f'resuming is {ours["boot"] / ours["resume"]:.1f} times as fast as booting; "a command" is what starting the command line costs,'
          ' which is in all of ours but the pause')
    limits = (('pause', 1), ('size', 60 << 20), ('restore', 2), ('idle size', 10 << 20), ('linked clone, off', 1),
              ('linked clone, from the snapshot', 1))
    for name, most in limits:
        own = ours[name] - (ours['a command'] if 'clone' in name else 0)
        print(f'{name}: {"within" if own < most else "OVER"} the limit')


if __name__ == '__main__':
    try:
        main()
    except Failed as e:
        raise SystemExit(f'bench-snapshot: {e}')
