/*
 * Runs short user-mode code sequences on the host's own processor, so that the emulated one can be compared with it.
 *
 * Reads cases from stdin and writes one result each to stdout, both as fixed-size little-endian structures (below), until
 * stdin ends. The code sees one readable and writable data page at DATA and one executable page at CODE, and nothing else it
 * could find except by accident; a fault is caught, reported with vector, error code and CR2, and the next case goes on. The
 * rest of the code page holds INT3, which is also how a sequence ends: the page then looks the same to a case that reads or
 * changes it as it does in the emulated processor.
 *
 *   gcc -O1 -static -no-pie -fcf-protection=none -o host-cpu host-cpu.c
 *
 * Static and not position-independent, so that every label lies below 2 GiB and can be reached from 32-bit code.
 */
#define _GNU_SOURCE
#include <setjmp.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/time.h>
#include <ucontext.h>
#include <unistd.h>

#define CODE 0x10000000u
#define DATA 0x20000000u
#define PAGE 4096u
#define CODE_AT 0x800u   /* code starts in the middle of its page */
#define WINDOW_AT 0x700u /* the part of the data page that is filled and compared */
#define WINDOW 512u
#define NO_TRAP 0xFFFFu
#define HANGS 0xFFFEu

struct state {
    uint64_t gpr[16]; /* RAX RCX RDX RBX RSP RBP RSI RDI R8.. */
    uint64_t rip;
    uint64_t rflags;
    uint8_t fx[512] __attribute__((aligned(16)));
} __attribute__((packed));

struct request {
    uint32_t mode; /* 64 or 32 */
    uint32_t length;
    uint8_t code[256];
    struct state state;
    uint8_t window[WINDOW];
} __attribute__((packed));

struct reply {
    uint32_t trap; /* vector, NO_TRAP or HANGS */
    uint32_t error;
    uint64_t cr2;
    struct state state;
    uint8_t window[WINDOW];
    uint32_t outside; /* whether the data page was written outside of the window */
} __attribute__((packed));

struct state in __attribute__((aligned(64))), out __attribute__((aligned(64)));
struct {
    uint32_t offset;
    uint16_t selector;
} __attribute__((packed)) far_code = {CODE + CODE_AT, 0x23};

/* Neither returns: the INT3 after the code, or a fault, leads to caught(). */
void enter64(void);
void enter32(void);

/* Offsets in struct state: gpr[n] 8n, rflags 136, fx 144. */
__asm__(".text\n"
        ".macro load\n"
        "  fxrstor64 in+144\n"
        "  pushq in+136\n"
        "  popfq\n"
        "  mov in+0,%rax\n  mov in+8,%rcx\n  mov in+16,%rdx\n  mov in+24,%rbx\n"
        "  mov in+40,%rbp\n  mov in+48,%rsi\n  mov in+56,%rdi\n  mov in+64,%r8\n  mov in+72,%r9\n"
        "  mov in+80,%r10\n  mov in+88,%r11\n  mov in+96,%r12\n  mov in+104,%r13\n  mov in+112,%r14\n"
        "  mov in+120,%r15\n  mov in+32,%rsp\n"
        ".endm\n"
        ".globl enter64\nenter64:\n  load\n  jmp *code64\n"
        ".globl enter32\nenter32:\n"
        "  mov $0x2b,%eax\n  mov %eax,%ds\n  mov %eax,%es\n"
        "  load\n  ljmp *far_code\n"
        ".data\ncode64: .quad 0x10000800\n.text\n");

static sigjmp_buf escape;
static struct reply reply;

static void caught(int sig, siginfo_t *info, void *context) {
    ucontext_t *u = context;
    static const int order[16] = {REG_RAX, REG_RCX, REG_RDX, REG_RBX, REG_RSP, REG_RBP, REG_RSI, REG_RDI,
                                  REG_R8,  REG_R9,  REG_R10, REG_R11, REG_R12, REG_R13, REG_R14, REG_R15};
    greg_t *g = u->uc_mcontext.gregs;
    (void)info;
    for (int n = 0; n < 16; n++) out.gpr[n] = g[order[n]];
    out.rip = g[REG_RIP];
    out.rflags = g[REG_EFL];
    memcpy(out.fx, u->uc_mcontext.fpregs, 512);
    reply.trap = sig == SIGALRM ? HANGS : (uint32_t)g[REG_TRAPNO];
    reply.error = (uint32_t)g[REG_ERR];
    reply.cr2 = g[REG_CR2];
    siglongjmp(escape, 1);
}

static int read_all(void *to, size_t n) {
    return fread(to, 1, n, stdin) == n;
}

int main(void) {
    static struct request request;
    static uint8_t stack[65536];
    static const uint8_t zero[PAGE];
    uint8_t *code = mmap((void *)(uintptr_t)CODE, PAGE, PROT_READ | PROT_WRITE | PROT_EXEC,
                         MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED, -1, 0);
    uint8_t *data = mmap((void *)(uintptr_t)DATA, PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED, -1, 0);
    if (code == MAP_FAILED || data == MAP_FAILED) {
        perror("mmap");
        return 1;
    }
    stack_t alternate = {.ss_sp = stack, .ss_size = sizeof stack};
    sigaltstack(&alternate, NULL);
    struct sigaction action = {.sa_sigaction = caught, .sa_flags = SA_SIGINFO | SA_ONSTACK | SA_NODEFER};
    int signals[] = {SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGTRAP, SIGALRM};
    for (size_t n = 0; n < sizeof signals / sizeof *signals; n++) sigaction(signals[n], &action, NULL);
    setvbuf(stdin, NULL, _IOFBF, 1 << 20);
    setvbuf(stdout, NULL, _IOFBF, 1 << 20);
    struct itimerval soon = {.it_value = {.tv_sec = 2}}, never = {{0}};

    while (read_all(&request, sizeof request)) {
        memset(code, 0xCC, PAGE);
        memcpy(code + CODE_AT, request.code, request.length);
        memcpy(data + WINDOW_AT, request.window, WINDOW);
        in = request.state;
        memset(&reply, 0, sizeof reply);
        reply.trap = NO_TRAP;
        setitimer(ITIMER_REAL, &soon, NULL);
        if (sigsetjmp(escape, 1) == 0) {
            if (request.mode == 64) enter64();
            else enter32();
        }
        setitimer(ITIMER_REAL, &never, NULL);
        uint64_t end = CODE + CODE_AT + request.length;
        if (reply.trap == 3 && out.rip == end + 1) {
            reply.trap = NO_TRAP;
            reply.error = 0;
            reply.cr2 = 0;
            out.rip = end;
        }
        reply.state = out;
        memcpy(reply.window, data + WINDOW_AT, WINDOW);
        memset(data + WINDOW_AT, 0, WINDOW);
        if (memcmp(data, zero, PAGE) != 0) {
            reply.outside = 1;
            memset(data, 0, PAGE);
        }
        fwrite(&reply, sizeof reply, 1, stdout);
        if (request.length == 0) fflush(stdout);
    }
    fflush(stdout);
    return 0;
}
