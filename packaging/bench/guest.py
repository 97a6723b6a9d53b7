"""A guest that is measured by the lines it prints on its serial port."""
import os, signal, subprocess, time


def follow(command, until, timeout, environment=None):
    """Starts a command and yields (seconds since start, line) until a line contains `until`."""
    start = time.monotonic()
    p = subprocess.Popen(command, stdout=subprocess.PIPE, stdin=subprocess.DEVNULL, start_new_session=True, env=environment)
    try:
        signal.signal(signal.SIGALRM, lambda *a: os.killpg(p.pid, signal.SIGKILL))
        signal.alarm(timeout)
        for raw in p.stdout:
            line = raw.decode('latin-1').strip()
            yield time.monotonic() - start, line
            if until in line:
                return
        raise SystemExit(f'{command[0]}: no "{until}" within {timeout} s')
    finally:
        signal.alarm(0)
        try:
            os.killpg(p.pid, signal.SIGTERM)
        except ProcessLookupError:
            pass
        p.wait()
