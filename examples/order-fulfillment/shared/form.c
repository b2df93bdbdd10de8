/* Forms, decoded in place. */
#include "form.h"

#include <stdlib.h>
#include <string.h>

static int hex_digit(char c)
{
    const char *digits = "0123456789abcdef0123456789ABCDEF";
    const char *at = c ? strchr(digits, c) : NULL;
    return at ? (int)(at - digits) % 16 : -1;
}

/* "a+b%26" becomes "a b&". */
static bool decode(char *text)
{
    char *to = text;
    for (const char *from = text; *from; from++) {
        if (*from == '+') {
            *to++ = ' ';
        } else if (*from == '%') {
            int high = hex_digit(from[1]);
            int low = high < 0 ? -1 : hex_digit(from[2]);
            if (low < 0 || high * 16 + low == 0)
                return false;
            *to++ = (char)(high * 16 + low);
            from += 2;
        } else {
            *to++ = *from;
        }
    }
    *to = '\0';
    return true;
}

bool form_read(struct form *form, const char *body, size_t length)
{
    *form = (struct form){0};
    if (length && memchr(body, '\0', length))
        return false;
    form->text = malloc(length + 1);
    if (!form->text)
        return false;
    if (length)
        memcpy(form->text, body, length);
    form->text[length] = '\0';
    for (char *field = form->text, *next; field && *field; field = next) {
        next = strchr(field, '&');
        if (next)
            *next++ = '\0';
        char *value = strchr(field, '=');
        if (value)
            *value++ = '\0';
        else
            value = field + strlen(field);
        if (form->count == FORM_FIELDS_MAX || !decode(field) || !decode(value)) {
            form_free(form);
            return false;
        }
        form->fields[form->count].name = field;
        form->fields[form->count++].value = value;
    }
    return true;
}

const char *form_value(const struct form *form, const char *name)
{
    for (size_t i = 0; i < form->count; i++)
        if (strcmp(form->fields[i].name, name) == 0)
            return form->fields[i].value;
    return NULL;
}

void form_free(struct form *form)
{
    free(form->text);
    *form = (struct form){0};
}
