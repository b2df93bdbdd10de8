/*
 * What the encoder writes. It must be the same as what the parameters say when they are read through the description
 * (plain.c); and it goes out, with all that was refused on the way, to be held against the contract by a validator:
 *
 *     schema or ?operation <TAB> sent|refused <TAB> type.member: reason <TAB> JSON
 */
#include "proof.h"

#include <stdlib.h>
#include <string.h>

#include "json/encode.h"

static FILE *out;
static const call *current;

static void write_line(const char *what, const char *fate, const char *reason, const cJSON *json)
{
    char *text = cJSON_PrintUnformatted(json);
    fprintf(out, "%s\t%s\t%s\t%s\n", what, fate, reason, text);
    free(text);
}

/* Two fields of one name cannot both be written down. */
static bool has_repeated(const cJSON *object)
{
    for (const cJSON *child = object->child; child != NULL; child = child->next)
        if (child->string != NULL && tree_is_repeated(child))
            return true;
    return false;
}

/* What a query is held against: the operation's own list of parameters. */
static const char *query_name(void)
{
    static char name[96];
    snprintf(name, sizeof name, "?%s", current->operation);
    return name;
}

/* A refusal: why, without the numbers of elements, and what it was about. */
static void refused(const xpay_type *type, const void *params, const xpay_error *error)
{
    char reason[900];
    cJSON *json = is_query(type) ? plain_query(params, type) : plain_json(params, type);
    const char *what = is_query(type) ? query_name() : xpay_type_schemas(type);
    size_t length =
        (size_t)snprintf(reason, sizeof reason, "%s.%s", xpay_type_name(type), error->message);
    for (char *c = reason; *c != '\0'; c++)
        if (*c == '[') {
            size_t digits = strspn(c + 1, "0123456789");
            memmove(c + 1, c + 1 + digits, length - (size_t)(c - reason) - digits);
        }
    if (*what != '\0' && !has_repeated(json)) /* filters are texts without a schema */
        write_line(what, "refused", reason, json);
    cJSON_Delete(json);
}

/* "name=value&…" as an object of texts. */
static cJSON *tree_of_query(char *query)
{
    cJSON *object = cJSON_CreateObject();
    for (char *pair = strtok(query, "&"); pair != NULL; pair = strtok(NULL, "&")) {
        char *value = strchr(pair, '='), *to = value + 1;
        *value = '\0';
        for (const char *c = value + 1; *c != '\0'; c++) {
            char hex[3] = "";
            if (*c == '%') {
                memcpy(hex, c + 1, 2);
                *to++ = (char)strtol(hex, NULL, 16);
                c += 2;
            } else {
                *to++ = *c;
            }
        }
        *to = '\0';
        cJSON_AddStringToObject(object, pair, value + 1);
    }
    return object;
}

static void encode_and_write(const call *c, const xpay_type *type, const void *params)
{
    xpay_buffer text = XPAY_BUFFER_INIT;
    xpay_error error;
    cJSON *plain = c->query ? plain_query(params, type) : plain_json(params, type), *sent;
    xpay_status status = c->query ? xpay_encode_query(type, params, &text, &error)
                                  : xpay_encode_json(type, params, &text, &error);
    if (status != XPAY_OK) {
        complain("%s: %s", xpay_type_name(type), error.message);
    } else if (c->query) {
        sent = tree_of_query(text.length > 0 ? text.bytes : (char[1]){""});
        char *a = cJSON_PrintUnformatted(plain), *b = cJSON_PrintUnformatted(sent);
        if (strcmp(a, b) != 0)
            complain("%s: %s says %s", xpay_type_name(type), b, a);
        else
            pass();
        write_line(query_name(), "sent", "", sent);
        free(a);
        free(b);
        cJSON_Delete(sent);
    } else {
        if (!tree_is_text(plain, text.bytes, text.length))
            complain("%s: sent as %.500s", xpay_type_name(type), text.bytes);
        else
            pass();
        fprintf(out, "%s\tsent\t\t%s\n", xpay_type_schemas(type), text.bytes);
    }
    cJSON_Delete(plain);
    xpay_buffer_free(&text);
}

bool prove_requests(FILE *to, uint64_t seed, size_t count)
{
    chance random = {seed};
    size_t types = 0;
    out = to;
    for (size_t i = 0; i < call_count; i++) {
        if (calls[i].request == NULL)
            continue;
        const xpay_type *type = xpay_type_by_name(calls[i].request);
        types++;
        current = &calls[i];
        for (size_t n = 0; n < count; n++) {
            builder b = {&random, (unsigned)chance_below(&random, 90), 15, 10, n % 2 == 0 ? 0 : 10,
                         refused};
            if (calls[i].query)
                b.null = 0;
            void *params = build_params(&b, type);
            states_meet(params, type);
            encode_and_write(&calls[i], type, params);
            build_free_all();
        }
        states_find_unmet(type, calls[i].query);
    }
    fprintf(stderr, "requests: %zu structs of %zu types written\n", types * count, types);
    return types > 0;
}
