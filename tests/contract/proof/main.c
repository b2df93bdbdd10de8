/*
 * The library against answers and judges that nobody here wrote:
 *
 *   proof generated SEED        reads "schema<TAB>JSON" lines: decodes, compares, mutates
 *   proof requests SEED COUNT   writes what the encoder makes of COUNT structs of each kind, for a validator
 *   proof prism exact|loose SEED   reads "what<TAB>base URL" lines: calls every operation there
 *
 * Each ends with "N passed, M failed" on standard error.
 */
#include "proof.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { SHOWN = 40 };

static size_t complaint_count, pass_count;

void complain(const char *format, ...)
{
    va_list arguments;
    if (++complaint_count > SHOWN)
        return;
    va_start(arguments, format);
    fputs("  ", stderr);
    vfprintf(stderr, format, arguments);
    fputc('\n', stderr);
    va_end(arguments);
}

size_t take_complaints(void)
{
    size_t count = complaint_count;
    complaint_count = 0;
    return count;
}

void pass(void)
{
    pass_count++;
}

size_t passed(void)
{
    return pass_count;
}

/* splitmix64 */
uint64_t chance_next(chance *c)
{
    uint64_t mixed = c->state += UINT64_C(0x9E3779B97F4A7C15);
    mixed = (mixed ^ (mixed >> 30)) * UINT64_C(0xBF58476D1CE4E5B9);
    mixed = (mixed ^ (mixed >> 27)) * UINT64_C(0x94D049BB133111EB);
    return mixed ^ (mixed >> 31);
}

size_t chance_below(chance *c, size_t limit)
{
    return (size_t)(chance_next(c) % limit);
}

bool chance_happens(chance *c, unsigned percent)
{
    return chance_below(c, 100) < percent;
}

bool line_read(line *l, FILE *file)
{
    ssize_t length = getline(&l->memory, &l->size, file);
    if (length <= 0)
        return false;
    if (l->memory[length - 1] == '\n')
        l->memory[length - 1] = '\0';
    char *tab = strchr(l->memory, '\t');
    l->what = l->memory;
    l->rest = tab == NULL ? strchr(l->memory, '\0') : tab + 1;
    if (tab != NULL)
        *tab = '\0';
    return true;
}

void line_free(line *l)
{
    free(l->memory);
}

int main(int count, char **words)
{
    const char *part = count > 1 ? words[1] : "";
    const char *second = count > 2 ? words[2] : "1", *third = count > 3 ? words[3] : "1";
    bool ran = false;
    contract_open();
    if (strcmp(part, "generated") == 0)
        ran = prove_generated(stdin, strtoull(second, NULL, 10));
    else if (strcmp(part, "requests") == 0)
        ran = prove_requests(stdout, strtoull(second, NULL, 10), strtoul(third, NULL, 10));
    else if (strcmp(part, "prism") == 0)
        ran = prove_prism(stdin, strcmp(second, "exact") == 0, strtoull(third, NULL, 10));
    else
        complain("say what to prove: see main.c");
    contract_close();

    size_t failed = take_complaints();
    if (failed > SHOWN)
        fprintf(stderr, "  … and %zu more\n", failed - SHOWN);
    fprintf(stderr, "%zu passed, %zu failed\n", pass_count, failed);
    return ran && failed == 0 && pass_count > 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
