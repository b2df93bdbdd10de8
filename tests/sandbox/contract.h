/* The contract file: which operations there are, on which paths, and the schemas of what goes in
 * and comes out. Nothing of it is typed in again here. */
#ifndef SANDBOX_CONTRACT_H
#define SANDBOX_CONTRACT_H

#include <stdbool.h>
#include <stddef.h>

#include "schema.h"

enum { PATH_PARTS_MAX = 6, PARAMETERS_MAX = 12, ANSWERS_MAX = 10 };

struct contract_operation {
    const char *id;     /* operationId */
    const char *method; /* upper case */
    char *path;         /* /checkout/sessions/{id} */
    char *parts_text;
    const char *parts[PATH_PARTS_MAX];
    size_t part_count;
    const struct schema *body; /* NULL: the operation takes none */
    struct contract_parameter {
        const char *name;
        const struct schema *schema;
        bool required;
    } queries[PARAMETERS_MAX];
    size_t query_count;
    struct contract_answer {
        int status;
        const struct schema *schema; /* NULL: no body */
    } answers[ANSWERS_MAX];
    size_t answer_count;
};

/* False, with the reason in PROBLEM, if the file cannot be used. */
bool contract_load(const char *file, struct text *problem);
void contract_free(void);

size_t contract_count(void);
const struct contract_operation *contract_at(size_t index);

/* The operation of that method and path, or NULL; *ID (to be freed) is the path's {id}, decoded. */
const struct contract_operation *contract_match(const char *method, const char *path, char **id);

/* NULL if the contract does not have that status. */
const struct contract_answer *contract_answer(const struct contract_operation *operation,
                                              int status);

#endif
