/* The body of an error, which is read into the caller's xpay_error: each property arrives in its member. */
#include "contract.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/fail.h"
#include "json/decode.h"

/* One line a property, with the member that it is read into. */
#define LINE(schema, name, member)                                                  \
    {                                                                               \
        schema, name, offsetof(xpay_error, member), sizeof((xpay_error *)0)->member \
    }
static const struct {
    const char *schema;
    const char *name;
    size_t offset;
    size_t size;
} lines[] = {
    LINE("ApiErrorResponse", "request_id", request_id),
    LINE("ApiErrorBody", "type", type),
    LINE("ApiErrorBody", "code", code),
    LINE("ApiErrorBody", "message", message),
    LINE("ApiErrorBody", "param", param),
    LINE("ApiErrorBody", "doc_url", doc_url),
};

static bool reads(const char *schema, const char *name, const char *value)
{
    for (size_t i = 0; i < LENGTH(lines); i++) {
        if (strcmp(lines[i].schema, schema) != 0 || strcmp(lines[i].name, name) != 0)
            continue;
        char body[512];
        bool inside = strcmp(schema, "ApiErrorBody") == 0;
        snprintf(
            body, sizeof body,
            "{\"error\":{\"type\":\"t\",\"code\":\"c\",\"message\":\"m\"%s%s%s%s%s}%s%s%s%s%s}",
            inside ? ",\"" : "", inside ? name : "", inside ? "\":\"" : "", inside ? value : "",
            inside ? "\"" : "", inside ? "" : ",\"", inside ? "" : name, inside ? "" : "\":\"",
            inside ? "" : value, inside ? "" : "\"");
        xpay_error error;
        xpay_error_clear(&error);
        xpay_decode_api_error(body, strlen(body), &error);
        const char *member = (const char *)&error + lines[i].offset;
        return strlen(value) < lines[i].size && strcmp(member, value) == 0;
    }
    return false;
}

static void compare_property(const char *schema, const cJSON *property, tally *sum)
{
    sum->properties++;
    if (target_of(property) != NULL)
        return; /* the envelope: what is inside is read out of it */
    if (!reads(schema, property->string, "req_text_42"))
        complain("%s.%s: does not arrive", schema, property->string);
    const cJSON *value;
    cJSON_ArrayForEach(value, cJSON_GetObjectItemCaseSensitive(property, "enum"))
    {
        sum->values++;
        if (!reads(schema, property->string, value->valuestring))
            complain("%s.%s: \"%s\" does not arrive", schema, property->string, value->valuestring);
    }
}

tally compare_errors(void)
{
    tally sum = {0};
    names n = *error_roots();
    add_reachable(&n);
    for (size_t i = 0; i < n.count; i++) {
        const cJSON *property;
        sum.schemas++;
        cJSON_ArrayForEach(
            property, cJSON_GetObjectItemCaseSensitive(contract_schema(n.list[i]), "properties"))
            compare_property(n.list[i], property, &sum);
    }
    printf("errors: %zu schemas, %zu properties, %zu enum values compared\n", sum.schemas,
           sum.properties, sum.values);
    return sum;
}

START_TEST(test_error_lines_are_in_the_contract)
{
    for (size_t i = 0; i < LENGTH(lines); i++) {
        const cJSON *schema = contract_schema(lines[i].schema);
        const cJSON *properties = cJSON_GetObjectItemCaseSensitive(schema, "properties");
        if (cJSON_GetObjectItemCaseSensitive(properties, lines[i].name) == NULL)
            complain("%s.%s: the contract lacks it", lines[i].schema, lines[i].name);
    }
    NO_COMPLAINTS();
}
END_TEST

TCase *error_body_case(void)
{
    TCase *tcase = tcase_create("error body");
    tcase_add_test(tcase, test_error_lines_are_in_the_contract);
    return tcase;
}
