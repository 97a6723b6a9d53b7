package org.terrarium.x86.isa;

/** Properties of a row beside its encoding and operands; the header of {@code integer.txt} defines them. */
public enum Attribute {
    LOCK,
    BRANCH,
    END,
    NO64,
    ONLY64,
    PROT,
    D64,
    F64,
    O16,
    O32,
    O64,
    A16,
    A32,
    A64,
    MEM,
    REG,
    STRING,
    PRIV,
    SKIP,
    ALIAS,
    PAIR,
    ZERO,
    UNALIGNED
}
