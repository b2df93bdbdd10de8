/* Payment links: what a session is made from on each visit. */
#ifndef SANDBOX_LINKS_H
#define SANDBOX_LINKS_H

#include "answer.h"
#include "state.h"

struct link {
    char id[ID_SIZE];
    enum world world;
    bool active;
    cJSON *input;  /* the body of the create call with every update merged in, defaults filled */
    cJSON *fields; /* customFields as shown, or NULL */
    const struct currency *currency;
    struct line *lines;
    size_t line_count;
    int64_t amount;  /* of the lines, in that currency */
    int64_t expires; /* 0: never */
    int64_t created, updated;
};

const struct list *links_all(void); /* oldest first (struct link *) */
struct link *link_find(const char *id, enum world world);
void links_free(void);

/* From bodies that fit the contract. NULL or false with a refusal in ANSWER. */
struct link *link_create(const cJSON *body, enum world world, struct answer *answer);
bool link_update(struct link *link, const cJSON *body, struct answer *answer);

/* A visit: the code and the text of what is in the way (NULL: nothing is). */
const char *link_obstacle(const struct link *link, const char **why);
struct session *link_visit(const struct link *link, struct answer *answer);

cJSON *show_link(const struct link *link);
cJSON *show_listed_link(const struct link *link);

#endif
