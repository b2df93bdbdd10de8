/*
 * Proves on real sockets that nothing is charged or refunded twice, and that every doubt is told.
 *
 *     test-wire [--quick] [part...]
 *
 * Traffic stays on loopback. Ends with "N passed, M failed", and with 1 if any failed.
 */
#include "wire.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

extern _Atomic long wire_passed, wire_failed, wire_runs, wire_faults, wire_effects;

static const struct part {
    const char *name;
    void (*test)(void);
} parts[] = {
    {"canaries", test_canaries}, /* first: what other parts leave in memory is full of keys */
    {"replay", test_replay},     {"doubt", test_doubt},         {"kill", test_kill},
    {"tls", test_tls},           {"time", test_time},           {"storm", test_storm},
    {"stress", test_stress},     {"handshake", test_handshake}, {"matrix", test_matrix},
};

static bool is_wanted(const char *name, int argc, char **argv)
{
    bool all = true;
    for (int i = 1; i < argc; i++) {
        if (strcmp(argv[i], name) == 0)
            return true;
        all = all && argv[i][0] == '-';
    }
    return all;
}

int main(int argc, char **argv)
{
    if (argc > 1 && strcmp(argv[1], "--refund") == 0)
        return refund_one_order(argc, argv);
    setvbuf(stdout, NULL, _IOLBF, 0);
    for (int i = 1; i < argc; i++)
        wire_quick = wire_quick || strcmp(argv[i], "--quick") == 0;
    for (size_t i = 0; i < LENGTH(parts); i++) {
        if (!is_wanted(parts[i].name, argc, argv))
            continue;
        int64_t start = now_us();
        long runs = wire_runs, failed = wire_failed;
        printf("== %s\n", parts[i].name);
        parts[i].test();
        printf("== %s: %ld runs, %.1f s%s\n", parts[i].name, wire_runs - runs,
               (double)(now_us() - start) / 1e6, wire_failed > failed ? ", FAILED" : "");
    }
    printf("%ld runs, %ld faults, %ld effects\n", wire_runs, wire_faults, wire_effects);
    printf("%ld passed, %ld failed\n", wire_passed, wire_failed);
    return wire_failed == 0 && wire_passed > 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
