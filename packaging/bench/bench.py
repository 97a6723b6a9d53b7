#!/usr/bin/env python3
"""Runs the benchmark disk and a Linux boot in Terrarium and in QEMU TCG, one after the other, and prints seconds and ratios.

  bench.py --image bench.img --linux DIR [--terrarium "packaging/run.sh run ..."] [--repeat N] [--only ours|qemu] [--accel A]
           [--no-programs] [--no-linux] [--disks virtio,ahci,ide]

A line of the table is what happened between two lines the guest printed on its serial port, so both emulators are measured
by the same clock and in the same way. The lines "(processor)" are the processor seconds of the whole process, start of the
program and its compiler threads included: they stay comparable on a busy machine. DIR holds vmlinuz, initrd.gz and tiny.iso of the tiny Linux.
"""
import argparse, resource, statistics, subprocess, sys, tempfile

from guest import follow

SER = 'console=tty0 console=ttyS0,115200'

# What a Linux guest does to a fresh qcow2 disk: past its own cache (direct) with large and small blocks, and through it. Four times in
# one boot: the first, "cold", is to new clusters and with code that was never translated, the best of the others is warm.
DD = '''#!/bin/sh
D=/dev/vda; [ -b $D ] || D=/dev/$(grep -lx 1048576 /sys/block/sd*/size | cut -d/ -f4)
b() { echo "BEGIN $1"; shift 1; dd "$@" 2>/dev/null; }
for pass in 1 2 3 4; do
b write-1M if=/dev/zero of=$D bs=1M count=192 oflag=direct; echo "END write-1M -"
b read-1M if=$D of=/dev/null bs=1M count=192 iflag=direct; echo "END read-1M -"
b write-4k if=/dev/zero of=$D bs=4k count=4000 oflag=direct; echo "END write-4k -"
b read-4k if=$D of=/dev/null bs=4k count=4000 iflag=direct; echo "END read-4k -"
b write-cached if=/dev/zero of=$D bs=64k count=1500 conv=fsync; echo "END write-cached -"
echo 3 >/proc/sys/vm/drop_caches
b read-cached if=$D of=/dev/null bs=64k count=1500; echo "END read-cached -"
done
echo BENCH-DONE
'''


def programs(command, timeout):
    began, out = {}, {}
    for t, line in follow(command, 'BENCH-DONE', timeout):
        words = line.split()
        if words[:1] == ['BEGIN']:
            began[words[1]] = t
        elif words[:1] == ['END']:
            out.setdefault(words[1], []).append((t - began[words[1]], words[2]))
    # the first pass is cold, the best of the others is warm
    table = {}
    for name, runs in out.items():
        table[name] = min(runs[1:] or runs)
        if len(runs) > 1:
            table[name + ' cold'] = runs[0]
        if len({checksum for _, checksum in runs}) > 1:
            table[name] = (table[name][0], 'NOT-THE-SAME-EACH-TIME')
    return table


def boot(command, timeout):
    for t, line in follow(command, 'GUEST-READY', timeout):
        pass
    return {'boot': (t, '')}


def processor_seconds():
    """Of the children that have ended."""
    r = resource.getrusage(resource.RUSAGE_CHILDREN)
    return r.ru_utime + r.ru_stime


def disk(command, attach, timeout):
    """Runs DD on a new disk; `attach` turns script and image into arguments."""
    with tempfile.TemporaryDirectory() as folder:
        script, image = f'{folder}/script.img', f'{folder}/disk.qcow2'
        with open(script, 'wb') as f:
            f.write(DD.encode().ljust(65536, b'\0'))
        subprocess.run(['qemu-img', 'create', '-q', '-f', 'qcow2', image, '512M'], check=True)
        return programs(command + attach(script, image), timeout)


def disk_job(controller, ours, qemu, kernel, initrd, timeout):
    ours = ours + ['--memory', '256', '--kernel', kernel, '--initrd', initrd, '--append', SER + ' quiet']
    qemu = qemu + ['-m', '256', '-kernel', kernel, '-initrd', initrd, '-append', SER + ' quiet']
    device = {'virtio': ['virtio-blk-pci,drive=d'], 'ahci': ['ich9-ahci,id=a', 'ide-hd,drive=d,bus=a.0'], 'ide': ['ide-hd,drive=d,bus=ide.1,unit=1']}[controller]
    devices = [w for d in device for w in ('-device', d)]
    return (f'{controller} dd ',
            lambda: disk(ours, lambda s, i: ['--disk', f'{s},format=raw', '--disk', f'{i},controller={controller}'], timeout),
            lambda: disk(qemu, lambda s, i: ['-drive', f'file={s},format=raw,if=ide', '-drive', f'file={i},format=qcow2,if=none,id=d'] + devices, timeout))


def main():
    a = argparse.ArgumentParser()
    a.add_argument('--image', required=True)
    a.add_argument('--linux', required=True)
    a.add_argument('--terrarium', default='packaging/run.sh run')
    a.add_argument('--accel', default='auto')
    a.add_argument('--repeat', type=int, default=1)
    a.add_argument('--only', choices=['ours', 'qemu'])
    a.add_argument('--timeout', type=int, default=600)
    a.add_argument('--no-linux', action='store_true')
    a.add_argument('--no-programs', action='store_true')
    a.add_argument('--disks', default='', help='controllers to time dd on, with commas: virtio, ahci, ide')
    o = a.parse_args()
    ours = o.terrarium.split() + ['--headless', '--serial', 'stdio', '--accel', o.accel]
    qemu = ['qemu-system-x86_64', '-accel', 'tcg,thread=single', '-display', 'none', '-serial', 'stdio', '-monitor', 'none', '-no-reboot']
    kernel, initrd, iso = (f'{o.linux}/{f}' for f in ('vmlinuz', 'initrd.gz', 'tiny.iso'))
    jobs = [('', lambda: programs(ours + ['--memory', '128', '--disk', o.image, '--snapshot'], o.timeout),
             lambda: programs(qemu + ['-m', '128', '-drive', f'file={o.image},format=raw,snapshot=on'], o.timeout))]
    if o.no_programs:
        jobs = []
    jobs += [disk_job(c, ours, qemu, kernel, initrd, o.timeout) for c in o.disks.split(',') if c]
    if not o.no_linux:
        jobs += [('Linux kernel+initrd ',
                  lambda: boot(ours + ['--memory', '256', '--kernel', kernel, '--initrd', initrd, '--append', SER], o.timeout),
                  lambda: boot(qemu + ['-m', '256', '-kernel', kernel, '-initrd', initrd, '-append', SER], o.timeout)),
                 ('Linux CD ',
                  lambda: boot(ours + ['--memory', '256', '--cdrom', iso, '--boot', 'cd'], o.timeout),
                  lambda: boot(qemu + ['-m', '256', '-cdrom', iso, '-boot', 'd'], o.timeout))]
    times, sums = {}, {}
    for _ in range(o.repeat):
        for prefix, mine, theirs in jobs:
            for who, run in (('ours', mine), ('qemu', theirs)):
                if o.only and o.only != who:
                    continue
                before = processor_seconds()
                results = run()
                results[('boot' if prefix else 'all programs') + ' (processor)'] = (processor_seconds() - before, '')
                for name, (seconds, checksum) in results.items():
                    times.setdefault(prefix + name, {}).setdefault(who, []).append(seconds)
                    sums.setdefault(prefix + name, set()).add(checksum)
    print(f'{"program":36}{"Terrarium s":>12}{"QEMU TCG s":>12}{"ratio":>8}')
    bad = False
    for name, t in times.items():
        m = {w: statistics.median(v) for w, v in t.items()}
        cells = [f'{m[w]:12.2f}' if w in m else f'{"-":>12}' for w in ('ours', 'qemu')]
        ratio = f'{m["ours"] / m["qemu"]:8.2f}' if len(m) == 2 else ''
        differs = len(sums[name]) > 1
        bad |= differs
        print(f'{name:36}{"".join(cells)}{ratio}{"   CHECKSUMS DIFFER: " + " ".join(sorted(sums[name])) if differs else ""}')
    sys.exit(1 if bad else 0)


main()
