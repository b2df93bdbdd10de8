/* Answers that are wrong as a whole: another object, no object, lists, members that nobody knows. */
#include "payload.h"

#include <stdio.h>
#include <string.h>

static bool is_decodable(const xpay_type *type)
{
    return !is_params(type) && xpay_type_field_count(type) > 0;
}

/* A payload in which one member, found by its name, is what `json` says; NULL: it is left out. */
static cJSON *replaced(const cJSON *payload, const char *name, const char *json)
{
    cJSON *copy = cJSON_Duplicate(payload, true);
    cJSON_DeleteItemFromObjectCaseSensitive(copy, name);
    if (json != NULL)
        cJSON_AddItemToObject(copy, name, node_of(json));
    return copy;
}

static const char *const wrong_tags[] = {"\"something_else\"", "12", "null", "[]", "{}", "\"\""};

/* The member `object` says what an answer is: without it, or with another, it is another answer. */
START_TEST(test_wrong_tag_is_another_answer)
{
    for (size_t t = 0; t < xpay_type_count(); t++) {
        const xpay_type *type = xpay_type_at(t);
        if (xpay_type_object_tag(type) == NULL)
            continue;
        cJSON *payload = whole_payload(type, 0, 0);
        for (size_t i = 0; i < LENGTH(wrong_tags); i++)
            send_answer(type, "wrong tag", replaced(payload, "object", wrong_tags[i]), NULL,
                        "/object", true);
        cJSON *untagged = replaced(payload, "object", NULL);
        if (type->may_lack_tag)
            send_answer(type, "no tag", untagged, cJSON_Duplicate(untagged, true), NULL, false);
        else
            send_answer(type, "no tag", untagged, NULL, "/object", true);

        cJSON *twice = cJSON_Duplicate(payload, true);
        cJSON_AddItemToObject(twice, "object", node_of(wrong_tags[0]));
        send_answer(type, "two tags", twice, NULL, "/object", true);
        cJSON_Delete(payload);
    }
    NO_COMPLAINTS();
}
END_TEST

/* Below the root, a wrong tag is refused with its path; a missing one is not missed, since the place says it all. */
START_TEST(test_wrong_tag_below_is_named)
{
    for (size_t t = 0; t < xpay_type_count(); t++) {
        const xpay_type *type = xpay_type_at(t);
        cJSON *payload =
            is_decodable(type) && !is_bare_list(type) ? whole_payload(type, 0, 1) : NULL;
        for (size_t i = 0; payload != NULL && i < xpay_type_field_count(type); i++) {
            const xpay_field *field = xpay_type_field(type, i);
            bool list = (field->flags & XPAY_FIELD_ARRAY) != 0;
            if (field->type == NULL || xpay_type_object_tag(field->type) == NULL)
                continue;
            for (size_t k = 0; k <= LENGTH(wrong_tags); k++) {
                char place[128];
                snprintf(place, sizeof place, "/%s%s/object", field->name, list ? "/1" : "");
                cJSON *sent = cJSON_Duplicate(payload, true);
                cJSON *below = cJSON_GetObjectItemCaseSensitive(sent, field->name);
                below = list ? cJSON_GetArrayItem(below, 1) : below;
                cJSON_DeleteItemFromObjectCaseSensitive(below, "object");
                bool missing = k == LENGTH(wrong_tags);
                if (!missing)
                    cJSON_AddItemToObject(below, "object", node_of(wrong_tags[k]));
                send_answer(type, place, sent, cJSON_Duplicate(payload, true),
                            missing ? NULL : place, !missing);
            }
        }
        cJSON_Delete(payload);
    }
    NO_COMPLAINTS();
}
END_TEST

START_TEST(test_unknown_members_are_passed_over)
{
    static const char *const values[] = {"null",
                                         "true",
                                         "1e400",
                                         "\"text\"",
                                         "[[],{\"a\":[1]}]",
                                         "{\"id\":12,\"object\":\"other\",\"amount\":\"x\"}"};
    for (size_t t = 0; t < xpay_type_count(); t++) {
        const xpay_type *type = xpay_type_at(t);
        if (!is_decodable(type) || is_bare_list(type))
            continue;
        cJSON *payload = whole_payload(type, 0, 1);
        for (size_t i = 0; i < LENGTH(values); i++) {
            cJSON *sent = replaced(payload, "notInTheContract", values[i]);
            cJSON *first = cJSON_CreateObject();
            cJSON_AddItemToObject(first, "notInTheContract", node_of(values[i]));
            for (const cJSON *child = payload->child; child != NULL; child = child->next)
                cJSON_AddItemToObject(first, child->string, cJSON_Duplicate(child, true));
            send_answer(type, "unknown member last", sent, cJSON_Duplicate(payload, true), NULL,
                        false);
            send_answer(type, "unknown member first", first, cJSON_Duplicate(payload, true), NULL,
                        false);
        }
        cJSON_Delete(payload);
    }
    NO_COMPLAINTS();
}
END_TEST

START_TEST(test_root_of_wrong_kind_is_refused)
{
    static const char *const roots[] = {"null", "true", "12", "\"text\""};
    for (size_t t = 0; t < xpay_type_count(); t++) {
        const xpay_type *type = xpay_type_at(t);
        if (!is_decodable(type))
            continue;
        for (size_t i = 0; i < LENGTH(roots); i++)
            send_answer(type, "root", node_of(roots[i]), NULL, "", true);
        send_answer(type, "root", node_of(is_bare_list(type) ? "{}" : "[]"), NULL, "", true);
    }
    NO_COMPLAINTS();
}
END_TEST

/* A bare list: its elements are named by their number alone. */
START_TEST(test_elements_of_bare_list)
{
    const xpay_type *type = xpay_type_by_name("refund_page");
    cJSON *good = payload_of_type(type, 0, 1);
    send_answer(type, "empty list", node_of("[]"), node_of("[]"), NULL, false);
    send_answer(type, "good list", cJSON_Duplicate(good, true), cJSON_Duplicate(good, true), NULL,
                false);

    cJSON *sent = cJSON_CreateArray();
    cJSON_AddItemToArray(sent, node_of("12"));
    cJSON_AddItemToArray(sent, cJSON_Duplicate(cJSON_GetArrayItem(good, 0), true));
    cJSON *expected = cJSON_CreateArray();
    cJSON_AddItemToArray(expected, cJSON_Duplicate(cJSON_GetArrayItem(good, 0), true));
    send_answer(type, "number in list", sent, expected, "/0", false);

    sent = cJSON_Duplicate(good, true);
    cJSON_ReplaceItemInObjectCaseSensitive(cJSON_GetArrayItem(sent, 1), "amount", node_of("1.5"));
    send_answer(type, "amount in list", sent, NULL, "/1/amount", true);

    sent = cJSON_Duplicate(good, true);
    cJSON_ReplaceItemInObjectCaseSensitive(cJSON_GetArrayItem(sent, 1), "chargeId",
                                           node_of("true"));
    expected = cJSON_Duplicate(good, true);
    cJSON_DeleteItemFromObjectCaseSensitive(cJSON_GetArrayItem(expected, 1), "chargeId");
    send_answer(type, "id in list", sent, expected, "/1/chargeId", false);
    cJSON_Delete(good);
    NO_COMPLAINTS();
}
END_TEST

void add_root_tests(TCase *tcase)
{
    tcase_add_test(tcase, test_wrong_tag_is_another_answer);
    tcase_add_test(tcase, test_wrong_tag_below_is_named);
    tcase_add_test(tcase, test_unknown_members_are_passed_over);
    tcase_add_test(tcase, test_root_of_wrong_kind_is_refused);
    tcase_add_test(tcase, test_elements_of_bare_list);
}
