"""Called by bench-window.sh: WORK AOT-CACHE JAVA COMMAND..."""
import glob, os, statistics, subprocess, sys, time

work, cache, command = sys.argv[1], sys.argv[2], sys.argv[3:]
TICK = os.sysconf("SC_CLK_TCK")


def start(args, options=()):
    return subprocess.Popen(
        command[:1] + list(options) + command[1:] + args, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def await_window(name, process):
    while process.poll() is None:
        if subprocess.run(["xdotool", "search", "--onlyvisible", "--name", name], capture_output=True).stdout.strip():
            return
        time.sleep(0.02)
    sys.exit("terrarium: the window did not open")


def stop(process):
    process.terminate()
    process.wait()


def open_seconds(options):
    began = time.monotonic()
    process = start([], options)
    await_window("^Terrarium$", process)
    taken = time.monotonic() - began
    stop(process)
    return taken


def cpu(pid):
    """Processor seconds: of the machine's own thread, and of all others."""
    machine = others = 0.0
    for stat in glob.glob(f"/proc/{pid}/task/*/stat"):
        with open(stat) as f:
            text = f.read()
        name, rest = text[text.index("(") + 1:text.rindex(")")], text[text.rindex(")") + 2:].split()
        seconds = (int(rest[11]) + int(rest[12])) / TICK
        if name.startswith("machine "):
            machine += seconds
        else:
            others += seconds
    return machine, others


def console_percent(image):
    process = start(["run", "--floppy", f"{work}/{image}.img", "--boot", "floppy", "--memory", "64"])
    await_window("Terrarium", process)
    time.sleep(20)  # the Java machine has compiled what is hot
    a, began = cpu(process.pid), time.monotonic()
    time.sleep(20)
    b, taken = cpu(process.pid), time.monotonic() - began
    stop(process)
    return [100 * (y - x) / taken for x, y in zip(a, b)]


open_seconds([])
print(f"host load {os.getloadavg()[0]:.1f}")
for label, options in (("plain", []), ("recorded start", [f"-XX:AOTCache={cache}", "-Xlog:aot=off"])):
    if options and not os.path.exists(cache):
        continue
    print(f"library open, {label}: {statistics.median(open_seconds(options) for _ in range(5)):.2f} s (wanted: under 2)")
for image, label in (("idle", "demo guest, idle (wanted: window under 4 %)"),
                     ("part", "1024x768, a part changes 60 times a second (wanted: window under 35 %)"),
                     ("all", "1024x768, all of it changes 60 times a second")):
    machine, window = console_percent(image)
    print(f"{label}: window {window:.1f} %, machine {machine:.1f} % of a core")
