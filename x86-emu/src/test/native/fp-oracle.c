/*
 * Runs one floating-point or SIMD instruction on the host's own processor for many operands, fast enough for millions.
 *
 * Reads groups from stdin until it ends: a header, then `count` cases; writes `count` cases back. A case is the state before
 * (after) the instruction: RAX, RCX, RDX, RFLAGS, the part of the FXSAVE image that has registers in it, and 64 bytes of memory
 * that the instruction may address as [RDI]. `trap` is the vector of the exception it raised, or NONE.
 *
 *   gcc -O1 -static -no-pie -fcf-protection=none -o fp-oracle fp-oracle.c
 */
#define _GNU_SOURCE
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <ucontext.h>

#define MEMORY 0x20000000u
#define CODE_MAX 64u
#define FX_BYTES 416u
#define NONE 0xFFFFu

struct header {
    uint32_t length;
    uint32_t count;
    uint8_t code[CODE_MAX];
};

struct test {
    uint64_t rax, rcx, rdx, rflags, trap;
    uint8_t fx[FX_BYTES];
    uint8_t memory[64];
};

struct {
    uint64_t rax, rcx, rdx, rflags;
    uint8_t pad[32];
    uint8_t fx[512];
} state __attribute__((aligned(64)));

uint64_t host_rsp;
void *code_entry;
uint32_t host_mxcsr = 0x1F80;

void enter(void);
void leave(void);
void resume(void);

__asm__(".text\n"
        ".globl enter\nenter:\n"
        "  push %rbx\n  push %rbp\n  push %r12\n  push %r13\n  push %r14\n  push %r15\n"
        "  mov %rsp,host_rsp\n"
        "  fxrstor64 state+64\n"
        "  pushq state+24\n  popfq\n"
        "  mov state,%rax\n  mov state+8,%rcx\n  mov state+16,%rdx\n  mov $0x20000000,%edi\n"
        "  jmp *code_entry\n"
        ".globl leave\nleave:\n"
        "  mov %rax,state\n  mov %rcx,state+8\n  mov %rdx,state+16\n"
        "  pushfq\n  popq state+24\n"
        "  fxsave64 state+64\n"
        ".globl resume\nresume:\n"
        "  fninit\n  ldmxcsr host_mxcsr\n  cld\n"
        "  pop %r15\n  pop %r14\n  pop %r13\n  pop %r12\n  pop %rbp\n  pop %rbx\n  ret\n");

static uint64_t trap;

/* Takes the interrupted state for the result and has the thread go on at `resume`. */
static void caught(int sig, siginfo_t *info, void *context) {
    ucontext_t *u = context;
    greg_t *g = u->uc_mcontext.gregs;
    (void)sig;
    (void)info;
    state.rax = g[REG_RAX];
    state.rcx = g[REG_RCX];
    state.rdx = g[REG_RDX];
    state.rflags = g[REG_EFL];
    memcpy(state.fx, u->uc_mcontext.fpregs, 512);
    trap = g[REG_TRAPNO];
    g[REG_RSP] = host_rsp;
    g[REG_RIP] = (greg_t)(uintptr_t)resume;
}

int main(void) {
    static struct header header;
    static struct test test;
    static uint8_t stack[65536];
    uint8_t *code = mmap(NULL, 4096, PROT_READ | PROT_WRITE | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS | MAP_32BIT, -1, 0);
    uint8_t *memory = mmap((void *)(uintptr_t)MEMORY, 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED, -1, 0);
    if (code == MAP_FAILED || memory == MAP_FAILED) {
        perror("mmap");
        return 1;
    }
    stack_t alternate = {.ss_sp = stack, .ss_size = sizeof stack};
    sigaltstack(&alternate, NULL);
    struct sigaction action = {.sa_sigaction = caught, .sa_flags = SA_SIGINFO | SA_ONSTACK};
    int signals[] = {SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGTRAP};
    for (size_t n = 0; n < sizeof signals / sizeof *signals; n++) sigaction(signals[n], &action, NULL);
    setvbuf(stdin, NULL, _IOFBF, 1 << 20);
    setvbuf(stdout, NULL, _IOFBF, 1 << 20);
    code_entry = code;
    while (fread(&header, sizeof header, 1, stdin) == 1) {
        static const uint8_t jump[] = {0xFF, 0x25, 0, 0, 0, 0};
        uint64_t target = (uint64_t)(uintptr_t)leave;
        memset(code, 0xCC, 128);
        memcpy(code, header.code, header.length);
        memcpy(code + header.length, jump, 6);
        memcpy(code + header.length + 6, &target, 8);
        for (uint32_t n = 0; n < header.count; n++) {
            if (fread(&test, sizeof test, 1, stdin) != 1) return 1;
            state.rax = test.rax;
            state.rcx = test.rcx;
            state.rdx = test.rdx;
            state.rflags = test.rflags;
            memcpy(state.fx, test.fx, FX_BYTES);
            memcpy(memory, test.memory, 64);
            trap = NONE;
            enter();
            test.rax = state.rax;
            test.rcx = state.rcx;
            test.rdx = state.rdx;
            test.rflags = state.rflags;
            test.trap = trap;
            memcpy(test.fx, state.fx, FX_BYTES);
            memcpy(test.memory, memory, 64);
            fwrite(&test, sizeof test, 1, stdout);
        }
        fflush(stdout);
    }
    return 0;
}
