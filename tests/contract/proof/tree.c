/* Trees of JSON in which every number stands as it was written. */
#include "proof.h"

#include <stdlib.h>
#include <string.h>

/* The next number in JSON text, strings stepped over; NULL at the end. */
static const char *next_number(const char *at, size_t *length)
{
    for (; *at != '\0'; at++) {
        if (*at == '"') {
            for (at++; *at != '"'; at++)
                at += *at == '\\';
        } else if (*at == '-' || (*at >= '0' && *at <= '9')) {
            *length = strspn(at, "-+.eE0123456789");
            return at;
        }
    }
    return NULL;
}

/* Replace the numbers of a tree by their digits, both walked in the order of the text. */
static const char *keep_digits(cJSON *node, const char *at)
{
    size_t length = 0;
    if (cJSON_IsNumber(node)) {
        at = next_number(at, &length);
        node->type = cJSON_Raw;
        node->valuestring = calloc(length + 1, 1);
        memcpy(node->valuestring, at, length);
        return at + length;
    }
    for (cJSON *child = node->child; child != NULL; child = child->next)
        at = keep_digits(child, at);
    return at;
}

cJSON *tree_of(const char *json, size_t length)
{
    cJSON *tree = cJSON_ParseWithLength(json, length);
    char *text = calloc(length + 1, 1);
    memcpy(text, json, length);
    if (tree != NULL)
        keep_digits(tree, text);
    free(text);
    return tree;
}

size_t tree_depth(const cJSON *tree)
{
    if (!cJSON_IsObject(tree) && !cJSON_IsArray(tree))
        return 0;
    size_t deepest = 0;
    for (const cJSON *child = tree->child; child != NULL; child = child->next) {
        size_t depth = tree_depth(child);
        deepest = depth > deepest ? depth : deepest;
    }
    return deepest + 1;
}

bool tree_is_repeated(const cJSON *member)
{
    for (const cJSON *later = member->next; later != NULL; later = later->next)
        if (strcmp(later->string, member->string) == 0)
            return true;
    return false;
}

const cJSON *tree_member(const cJSON *object, const char *name)
{
    const cJSON *found = NULL;
    for (const cJSON *child = object->child; child != NULL; child = child->next)
        if (strcmp(child->string, name) == 0)
            found = child;
    return found;
}

bool tree_is_text(const cJSON *tree, const char *json, size_t length)
{
    cJSON *other = tree_of(json, length);
    char *a = cJSON_PrintUnformatted(tree),
         *b = other == NULL ? NULL : cJSON_PrintUnformatted(other);
    bool same = a != NULL && b != NULL && strcmp(a, b) == 0;
    free(a);
    free(b);
    cJSON_Delete(other);
    return same;
}
