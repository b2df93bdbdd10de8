/* Records live a day of sandbox time. A key belongs to an account in a mode and is bound to
 * method, path, query and body of its first request. */
#include "idempotency.h"
#include "clock.h"
#include "index.h"
#include "text.h"

#include <stdlib.h>
#include <string.h>

#include <openssl/evp.h>

enum { KEY_MAX = 255, FINGERPRINT_SIZE = 32 };

struct idempotency_record {
    char *name; /* world and key */
    unsigned char fingerprint[FINGERPRINT_SIZE];
    int64_t created;
    bool answered;
    int status;
    char *body; /* or NULL */
    size_t length;
    struct idempotency_record *older, *newer;
};

static struct index records;
static struct idempotency_record *oldest, *newest;

static void forget(struct idempotency_record *record)
{
    index_remove(&records, record->name);
    *(record->older ? &record->older->newer : &oldest) = record->newer;
    *(record->newer ? &record->newer->older : &newest) = record->older;
    free(record->name);
    free(record->body);
    free(record);
}

static void forget_old(void)
{
    int64_t now = clock_now();
    while (oldest && oldest->answered && oldest->created + MILLISECONDS_PER_DAY <= now)
        forget(oldest);
}

static void fingerprint_of(const struct idempotent_request *request,
                           unsigned char out[FINGERPRINT_SIZE])
{
    EVP_MD_CTX *context = EVP_MD_CTX_new();
    EVP_DigestInit_ex(context, EVP_sha256(), NULL);
    EVP_DigestUpdate(context, request->method, strlen(request->method) + 1);
    EVP_DigestUpdate(context, request->target, strlen(request->target) + 1);
    EVP_DigestUpdate(context, request->body ? request->body : "", request->length);
    EVP_DigestFinal_ex(context, out, NULL);
    EVP_MD_CTX_free(context);
}

/* Which characters the server takes is not known: printable ASCII, and not nothing. */
static bool is_acceptable(const char *key, struct answer *answer)
{
    if (strlen(key) > KEY_MAX)
        return refuse(answer, "parameter_invalid", "Idempotency-Key",
                      "The idempotency key is longer than %d characters.", KEY_MAX);
    bool printable = *key != '\0';
    for (const char *at = key; *at; at++)
        printable = printable && *at > 0x20 && *at < 0x7F;
    return printable ? true
                     : refuse(answer, "parameter_invalid", "Idempotency-Key",
                              "The idempotency key is empty or not printable ASCII.");
}

static bool answer_again(const struct idempotency_record *record,
                         const unsigned char fingerprint[FINGERPRINT_SIZE], struct answer *answer)
{
    if (memcmp(record->fingerprint, fingerprint, FINGERPRINT_SIZE) != 0)
        return refuse(answer, "idempotency_key_in_use", NULL,
                      "The key was used for another request.");
    if (!record->answered)
        return refuse_with(answer, 409, "idempotency_key_in_use", NULL,
                           "A request with this key is still being worked on.");
    answer_bytes(answer, record->status, record->body ? record->body : "", record->length);
    answer->replayed = true;
    return false;
}

bool idempotency_begin(const struct idempotent_request *request, struct idempotency_record **out,
                       struct answer *answer)
{
    unsigned char fingerprint[FINGERPRINT_SIZE];
    if (!is_acceptable(request->key, answer))
        return false;
    forget_old();
    fingerprint_of(request, fingerprint);
    char *name = must_format("%d %s", (int)request->world, request->key);
    const struct idempotency_record *known = index_find(&records, name);
    if (known) {
        free(name);
        return answer_again(known, fingerprint, answer);
    }
    struct idempotency_record *record = must_alloc_zero(sizeof *record);
    record->name = name;
    memcpy(record->fingerprint, fingerprint, FINGERPRINT_SIZE);
    record->created = clock_now();
    record->older = newest;
    *(newest ? &newest->newer : &oldest) = record;
    newest = record;
    index_add(&records, record->name, record);
    *out = record;
    return true;
}

void idempotency_end(struct idempotency_record *record, const struct answer *answer, bool keep)
{
    static const int never_stored[] = {408, 429, 503};
    for (size_t i = 0; i < sizeof never_stored / sizeof never_stored[0]; i++)
        keep = keep && answer->status != never_stored[i];
    if (!keep || same_text(answer->code, "idempotency_key_in_use")) {
        forget(record);
        return;
    }
    record->answered = true;
    record->status = answer->status;
    record->body = answer->body ? must_copy_bytes(answer->body, answer->length) : NULL;
    record->length = answer->length;
}

void idempotency_free(void)
{
    while (oldest)
        forget(oldest);
    index_free(&records);
}
