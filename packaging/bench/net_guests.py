#!/usr/bin/env python3
"""Times TCP of the same Linux guest through Terrarium's network and through QEMU TCG's user networking (slirp), one after the other.

  net_guests.py --guest-program netbench --linux DIR [--terrarium packaging/run.sh] [--cards virtio,e1000] [--megabytes 128]
              [--connections 1000] [--echoes 5000] [--rounds 3] [--only ours|qemu]

The servers are in this process, on the host's loopback. A figure is what happened between two lines the guest printed on its
serial port: of the first round (cold: what the guest executes has not been translated yet) and the best of the others (warm).
Rates and round trips are given as ratios above 1 when Terrarium is faster.
"""
import argparse, collections, os, socket, subprocess, tempfile, threading

from guest import follow

BLOCK = 65536
CARDS = {'virtio': ('virtio_net', 'virtio-net-pci', '10.0.2'), 'e1000': ('e1000', 'e1000', '10.0.3')}
CONSOLE = 'console=tty0 console=ttyS0,115200 quiet'
PASSES_OF_PING = 200


def serve(handle):
    """A server on the loopback; its port."""
    listener = socket.create_server(('127.0.0.1', 0), backlog=128)

    def accept():
        while True:
            connection, _ = listener.accept()
            threading.Thread(target=run, args=(connection,), daemon=True).start()

    def run(connection):
        try:
            with connection:
                handle(connection)
        except OSError:
            return  # the guest has been ended

    threading.Thread(target=accept, daemon=True).start()
    return listener.getsockname()[1]


def source(octets):
    data = bytes(BLOCK)

    def handle(connection):
        for _ in range(octets // BLOCK):
            connection.sendall(data)
    return handle


def sink(connection):
    buffer = bytearray(BLOCK)
    while connection.recv_into(buffer):
        pass


def echo(connection):
    connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    while data := connection.recv(BLOCK):
        connection.sendall(data)


def file(content):
    def handle(connection):
        connection.recv(BLOCK)
        connection.sendall(b'HTTP/1.0 200 OK\r\nContent-Length: %d\r\n\r\n' % len(content) + content)
    return handle


def script(o, ports):
    """What the guest does: its cards are told apart by their drivers, as their numbers depend on who is found first."""
    lines = ['#!/bin/sh', 'ifconfig lo 127.0.0.1',
             'card() { for i in /sys/class/net/*; do [ "$(basename "$(readlink $i/device/driver)")" = $1 ] && echo ${i##*/}; done; }',
             'timed() { echo "BEGIN $1"; shift; "$@" && echo END; }']
    for name in o.cards:
        driver, _, net = CARDS[name]
        lines.append(f'ifconfig $(card {driver}) {net}.15 netmask 255.255.255.0')
    first = CARDS[o.cards[0]][2]
    lines += [f'wget -q -O /tmp/netbench http://{first}.2:{ports["program"]}/', 'chmod +x /tmp/netbench']
    for name in o.cards:
        to = f'{CARDS[name][2]}.2'
        for _ in range(o.rounds):
            lines += [f'timed {name}:host-to-guest /tmp/netbench receive {to} {ports["source"]}',
                      f'timed {name}:guest-to-host /tmp/netbench send {to} {ports["sink"]} {o.megabytes * 16}',
                      f'timed {name}:connections /tmp/netbench connect {to} {ports["echo"]} {o.connections}',
                      f'timed {name}:round-trips /tmp/netbench echo {to} {ports["echo"]} {o.echoes}',
                      f'echo "PING {name} $(ping -q -c {PASSES_OF_PING} -i 0.01 {to} | tail -1)"']
    lines.append('echo BENCH-DONE')
    return ('\n'.join(lines) + '\n').encode()


def measure(command, timeout, environment):
    """Seconds by name, of the first round and the best of the others."""
    rounds, began = collections.defaultdict(list), None
    for now, line in follow(command, 'BENCH-DONE', timeout, environment):
        words = line.split()
        if words[:1] == ['BEGIN']:
            began = (words[1], now)
        elif words[:1] == ['END']:
            rounds[began[0]].append(now - began[1])
        elif words[:1] == ['PING']:  # round-trip min/avg/max = a/b/c ms
            rounds[words[1] + ':ping'].append(float(words[-2].split('/')[1]) / 1000 if '/' in words[-2] else float('inf'))
    return {name: (seconds[0], min(seconds[1:] or seconds)) for name, seconds in rounds.items()}


def main():
    a = argparse.ArgumentParser()
    a.add_argument('--guest-program', required=True)
    a.add_argument('--linux', required=True)
    a.add_argument('--terrarium', default='packaging/run.sh')
    a.add_argument('--cards', default='virtio,e1000')
    a.add_argument('--megabytes', type=int, default=128)
    a.add_argument('--connections', type=int, default=1000)
    a.add_argument('--echoes', type=int, default=5000)
    a.add_argument('--rounds', type=int, default=3)
    a.add_argument('--only', choices=['ours', 'qemu'])
    a.add_argument('--timeout', type=int, default=600)
    o = a.parse_args()
    o.cards = o.cards.split(',')
    with open(o.guest_program, 'rb') as f:
        program = f.read()
    ports = {'program': serve(file(program)), 'source': serve(source(o.megabytes << 20)), 'sink': serve(sink), 'echo': serve(echo)}
    with tempfile.TemporaryDirectory() as home:
        environment = dict(os.environ, TERRARIUM_HOME=home)
        disk = f'{home}/script.img'
        with open(disk, 'wb') as f:
            f.write(script(o, ports).ljust(BLOCK, b'\0'))
        kernel = ['kernel', f'{o.linux}/vmlinuz', 'initrd', f'{o.linux}/initrd.gz', 'append', CONSOLE]
        ours = [o.terrarium, 'run', '--headless', '--serial', 'stdio', '--memory', '256', '--disk', f'{disk},format=raw', '--allow-host-loopback']
        qemu = ['qemu-system-x86_64', '-accel', 'tcg,thread=single', '-display', 'none', '-serial', 'stdio', '-monitor', 'none', '-no-reboot',
                '-m', '256', '-drive', f'file={disk},format=raw,if=ide']
        ours += [('--' if k % 2 == 0 else '') + w for k, w in enumerate(kernel)]
        qemu += [('-' if k % 2 == 0 else '') + w for k, w in enumerate(kernel)]
        for name in o.cards:
            _, device, net = CARDS[name]
            if o.only != 'qemu':
                subprocess.run([o.terrarium, 'net', 'create', name, '--kind', 'nat', '--subnet', f'{net}.0/24'], env=environment, check=True)
            ours += ['--nic', f'model={name},net=nat:{name}']
            qemu += ['-netdev', f'user,id={name},net={net}.0/24', '-device', f'{device},netdev={name}']
        runs = {'ours': ours, 'qemu': qemu}
        results = {who: measure(command, o.timeout, environment) for who, command in runs.items() if o.only in (None, who)}
    report(o, results)


def report(o, results):
    units = {'host-to-guest': ('MB/s', o.megabytes * 1.048576, 1.0), 'guest-to-host': ('MB/s', o.megabytes * 1.048576, 1.0),
             'connections': ('per s', o.connections, 1.0), 'round-trips': ('us', 1e6 / o.echoes, 1 / 1.2), 'ping': ('us', 1e6, 1 / 1.2)}
    print(f'{"":28}{"":7}{"Terrarium":>12}{"QEMU TCG":>12}{"ratio":>8}{"wanted":>8}')
    for name in next(iter(results.values())):
        unit, amount, wanted = units[name.split(':')[1]]
        rate = (lambda s: s * amount) if unit == 'us' else (lambda s: amount / s)
        for k, state in enumerate(('cold', 'warm')):
            cells = [f'{rate(results[who][name][k]):12.1f}' if who in results else f'{"-":>12}' for who in ('ours', 'qemu')]
            ratio = f'{results["qemu"][name][k] / results["ours"][name][k]:8.2f}{wanted:8.2f}' if len(results) == 2 else ''
            print(f'{name + " " + state:28}{unit:7}{"".join(cells)}{ratio}')


main()
