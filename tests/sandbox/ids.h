/* Identifiers and secrets: a prefix, the mode where the API shows it, and random characters. */
#ifndef SANDBOX_IDS_H
#define SANDBOX_IDS_H

#include <stddef.h>

enum { ID_SIZE = 48, SECRET_SIZE = 112 };

/* Test and live are separate worlds; the third is the live one of another account, which is not
 * activated at the start. */
enum world { WORLD_TEST, WORLD_LIVE, WORLD_LIVE_INACTIVE, WORLDS };

/* "cs" gives cs_test_... or cs_live_... */
void id_make(char out[ID_SIZE], const char *prefix, enum world world);
/* "re" gives re_... */
void id_make_plain(char out[ID_SIZE], const char *prefix);
void secret_make(char out[SECRET_SIZE], const char *prefix);

#endif
