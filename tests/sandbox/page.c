/* The checkout page of a session (/c/...) and the entrance of a payment link (/p/...), for a
 * person in a browser and, with one POST each, for a script. */
#include "formats.h"
#include "graph.h"
#include "json.h"
#include "links.h"
#include "page_html.h"
#include "payments.h"
#include "request.h"
#include "sessions.h"
#include "state.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct visit {
    struct request *request;
    struct session *session;
    struct pairs form;
};

static bool wants_json(const struct request *request)
{
    return request->accept && strstr(request->accept, "application/json");
}

/* A page or, for a script, {status, paymentStatus, location, message}. Takes PAGE. */
static void finish(struct visit *visit, int status, char *page, const char *location,
                   const char *message)
{
    struct answer *answer = &visit->request->answer;
    if (wants_json(visit->request)) {
        static const char *const copied[] = {"status", "paymentStatus"};
        cJSON *session = visit->session ? show_session_fields(visit->session) : NULL;
        cJSON *shown = cJSON_CreateObject();
        for (size_t i = 0; i < sizeof copied / sizeof copied[0]; i++)
            json_add_copy(shown, copied[i], json_member(session, copied[i]));
        json_add_text(shown, "location", location);
        json_add_text(shown, "message", message);
        cJSON_Delete(session);
        free(page);
        answer_json(answer, status == 303 ? 200 : status, shown);
        return;
    }
    answer_text(answer, status, "text/html; charset=utf-8", page);
    if (status == 303 && location)
        answer->location = must_copy(location);
}

static void finish_message(struct visit *visit, int status, const char *title, const char *message)
{
    finish(visit, status, html_message(title, message, NULL, NULL), NULL, message);
}

static void finish_notice(struct visit *visit, int status, const char *message)
{
    finish(visit, status, html_checkout(visit->session, message), NULL, message);
}

/* The redirect URL with every {CHECKOUT_SESSION_ID} replaced; to be freed, or NULL. */
static char *success_url(const struct session *session)
{
    static const char placeholder[] = "{CHECKOUT_SESSION_ID}";
    const cJSON *after = json_member(session->input, "afterCompletion");
    const char *url = json_text_at(json_member(after, "redirect"), "url");
    struct text target = {0};
    if (!url)
        return NULL;
    for (const char *found; (found = strstr(url, placeholder));
         url = found + sizeof placeholder - 1) {
        text_add_bytes(&target, url, (size_t)(found - url));
        text_add(&target, session->id);
    }
    text_add(&target, url);
    return text_take(&target);
}

static void finish_success(struct visit *visit)
{
    char *url = success_url(visit->session);
    const cJSON *after = json_member(visit->session->input, "afterCompletion");
    const cJSON *confirmation = json_member(after, "hostedConfirmation");
    const char *message = json_text_at(confirmation, "customMessage");
    message = message ? message : "Thank you, your payment was received.";
    if (url)
        finish(visit, 303, html_message("Thank you", message, url, "Continue"), url, message);
    else
        finish(visit, 200,
               html_message("Thank you", message, json_text_at(confirmation, "returnUrl"),
                            "Return to the shop"),
               NULL, message);
    free(url);
}

static const struct method *chosen_method(struct visit *visit, const char *fallback)
{
    const struct method *offered[METHODS_MAX];
    size_t count = session_methods(visit->session, offered);
    const char *type = pairs_find_filled(&visit->form, "method");
    for (size_t i = 0; i < count; i++)
        if (same_text(offered[i]->type, type ? type : fallback))
            return offered[i];
    finish_notice(visit, 400, "This session does not offer that payment method.");
    return NULL;
}

static bool field_fits(const cJSON *field, const char *value)
{
    if (!json_flag_at(field, "hasLimits") || same_text(json_text_at(field, "type"), "DROPDOWN"))
        return true;
    int64_t characters = (int64_t)text_characters(value);
    int64_t least = json_int_at(field, "minCharacters", 0);
    int64_t most = json_int_at(field, "maxCharacters", INT32_MAX);
    if (same_text(json_text_at(field, "limitType"), "EXACTLY"))
        least = most = json_int_at(field, "maxCharacters", least);
    return characters >= least && characters <= most;
}

static bool option_exists(const cJSON *field, const char *value)
{
    const cJSON *options = json_list_at(field, "dropdownOptions");
    for (const cJSON *option = options ? options->child : NULL; option; option = option->next)
        if (same_text(json_text_at(option, "label"), value))
            return true;
    return false;
}

/* Where the answer to a CHECKBOX goes is not known, so it goes nowhere. */
static bool take_field(struct visit *visit, cJSON *field)
{
    static const struct {
        const char *type, *member;
    } places[] = {{"TEXT", "text"}, {"NUMBER", "numeric"}, {"DROPDOWN", "dropdown"}};
    char *name = must_format("field.%s", json_text_at(field, "key"));
    const char *value = pairs_find_filled(&visit->form, name);
    const char *type = json_text_at(field, "type");
    const char *wrong = NULL;
    free(name);
    if (!value)
        wrong =
            json_flag_at(field, "isOptional") || same_text(type, "CHECKBOX") ? NULL : "is required";
    else if (same_text(type, "NUMBER") && strspn(value, "0123456789.,+- ") != strlen(value))
        wrong = "must be a number";
    else if (same_text(type, "DROPDOWN") && !option_exists(field, value))
        wrong = "has no such option";
    else if (!field_fits(field, value))
        wrong = "is too short or too long";
    if (wrong) {
        char *message = must_format("%s %s (field.%s).", json_text_at(field, "label"), wrong,
                                    json_text_at(field, "key"));
        finish_notice(visit, 400, message);
        free(message);
        return false;
    }
    for (size_t i = 0; value && i < sizeof places / sizeof places[0]; i++)
        if (same_text(places[i].type, type)) {
            cJSON *filled = cJSON_CreateObject();
            json_add_text(filled, "value", value);
            json_put(field, places[i].member, filled);
        }
    return true;
}

static bool form_is_text(const struct pairs *form)
{
    for (size_t i = 0; i < form->count; i++) {
        struct text quoted = {0};
        text_addf(&quoted, "\"");
        for (const char *at = form->items[i].value; *at; at++)
            text_add_bytes(&quoted, strchr("\"\\", *at) || (unsigned char)*at < 0x20 ? " " : at, 1);
        text_add(&quoted, "\"");
        cJSON *value = json_read(quoted.bytes, quoted.length, NULL);
        text_free(&quoted);
        cJSON_Delete(value);
        if (!value)
            return false;
    }
    return true;
}

/* Takes over what the customer typed in; false if a page says what is wrong with it. */
static bool take_form(struct visit *visit, struct payer *payer)
{
    struct session *session = visit->session;
    payer->name = pairs_find_filled(&visit->form, "name");
    payer->email = pairs_find_filled(&visit->form, "email");
    payer->phone = pairs_find_filled(&visit->form, "phone");
    bool contact = payer->email || payer->phone || payment_known(session, "email") ||
                   payment_known(session, "phone");
    if (payer->email && !format_find("email")(payer->email)) {
        finish_notice(visit, 400, "That is not an email address.");
        return false;
    }
    if (!contact && same_text(json_text_at(session->input, "customerCreation"), "always")) {
        finish_notice(visit, 400, "An email or a phone number is needed.");
        return false;
    }
    for (cJSON *field = session->fields ? session->fields->child : NULL; field; field = field->next)
        if (!take_field(visit, field))
            return false;
    session_touch(session);
    return true;
}

/* What a card that is typed in must look like; anything else is declined. Scripts send none. */
static const struct decline *card_problem(const struct visit *visit)
{
    static const struct {
        const char *field, *digits, *decline;
    } expected[] = {
        {"card", "5123450000000008", "generic_decline"},
        {"expiry", "0139", "expired_card"},
        {"cvc", "100", "incorrect_cvc"},
    };
    for (size_t i = 0; i < sizeof expected / sizeof expected[0]; i++) {
        const char *typed = pairs_find_filled(&visit->form, expected[i].field);
        const char *digit = expected[i].digits;
        for (const char *at = typed; typed && *at; at++)
            if (!strchr(" /-", *at) && *at != *digit++)
                return decline_find(expected[i].decline);
        if (typed && *digit)
            return decline_find(expected[i].decline);
    }
    return NULL;
}

static void pay(struct visit *visit)
{
    struct payer payer = {.method = chosen_method(visit, "card")};
    if (!payer.method)
        return;
    if (payer.method->pays_later) {
        finish_notice(visit, 400, "That method gives a reference: action=reference.");
        return;
    }
    if (!take_form(visit, &payer))
        return;
    const struct decline *problem = card_problem(visit);
    if (problem && same_text(payer.method->type, "card") &&
        visit->session->payment != PAYMENT_NOT_REQUIRED) {
        payment_decline(visit->session, &payer, problem);
        finish_notice(visit, 402, problem->message);
        return;
    }
    payment_succeed(visit->session, &payer);
    finish_success(visit);
}

static void be_declined(struct visit *visit)
{
    const char *code = pairs_find_filled(&visit->form, "code");
    const struct decline *decline = decline_find(code ? code : "generic_decline");
    struct payer payer = {.method = chosen_method(visit, "card")};
    if (!payer.method)
        return;
    if (!decline) {
        finish_notice(visit, 400, "The sandbox does not know that decline code.");
        return;
    }
    if (visit->session->payment == PAYMENT_NOT_REQUIRED) {
        finish_notice(visit, 400, "There is nothing to pay, so nothing can be declined.");
        return;
    }
    payer.name = pairs_find_filled(&visit->form, "name");
    payer.phone = pairs_find_filled(&visit->form, "phone");
    if (!same_text(payer.method->type, "card"))
        decline = &decline_reference;
    payment_decline(visit->session, &payer, decline);
    finish_notice(visit, 402, decline->message);
}

static void leave(struct visit *visit)
{
    const char *url = json_text_at(visit->session->input, "cancelUrl");
    static const char message[] = "You left without paying. The session stays open.";
    finish(visit, url ? 303 : 200, html_message("Bye", message, url, "Back to the shop"), url,
           message);
}

static void take_reference(struct visit *visit)
{
    struct payer payer = {.method = chosen_method(visit, "fawry")};
    if (!payer.method)
        return;
    if (!payer.method->pays_later || visit->session->payment == PAYMENT_NOT_REQUIRED) {
        finish_notice(visit, 400, "There is no reference for that.");
        return;
    }
    if (!take_form(visit, &payer))
        return;
    payment_take_reference(visit->session, &payer);
    finish(visit, 200, html_voucher(visit->session, NULL), NULL, "A reference was issued.");
}

static void pay_reference(struct visit *visit)
{
    payment_reference_paid(visit->session);
    finish_message(visit, 200, "Paid", "The reference was paid.");
}

static void fail_reference(struct visit *visit)
{
    payment_reference_failed(visit->session, &decline_reference);
    finish_message(visit, 200, "Failed", decline_reference.message);
}

static const struct {
    const char *name;
    bool on_waiting; /* for a session that waits for its reference; otherwise for an open one */
    void (*act)(struct visit *visit);
} actions[] = {
    {"pay", false, pay},
    {"decline", false, be_declined},
    {"abandon", false, leave},
    {"reference", false, take_reference},
    {"pay_reference", true, pay_reference},
    {"fail_reference", true, fail_reference},
};

static void post(struct visit *visit)
{
    const char *action = pairs_find(&visit->form, "action");
    for (size_t i = 0; i < sizeof actions / sizeof actions[0]; i++) {
        if (!same_text(actions[i].name, action))
            continue;
        bool ready = actions[i].on_waiting ? payment_is_waiting(visit->session)
                                           : visit->session->status == SESSION_OPEN;
        if (!form_is_text(&visit->form))
            finish_message(visit, 400, "Cannot be read", "The form is not valid UTF-8.");
        else if (!ready)
            finish_message(visit, 409, "Too late", "The session is not in a state for that.");
        else
            actions[i].act(visit);
        return;
    }
    finish_message(visit, 400, "Unknown action", "The form has no action that is known here.");
}

static void show(struct visit *visit)
{
    static const char *const titles[] = {"Open", "This checkout is complete",
                                         "This checkout has expired"};
    struct session *session = visit->session;
    if (payment_is_waiting(session))
        finish(visit, 200, html_voucher(session, NULL), NULL, NULL);
    else if (session->status == SESSION_OPEN)
        finish(visit, 200, html_checkout(session, NULL), NULL, NULL);
    else
        finish_message(visit, session->status == SESSION_EXPIRED ? 410 : 200,
                       titles[session->status], "There is nothing left to do here.");
}

static struct link *any_link(const char *id)
{
    struct link *link = NULL;
    for (int world = 0; world < WORLDS && !link; world++)
        link = link_find(id, (enum world)world);
    return link;
}

static void follow_link(struct visit *visit, const char *id)
{
    const struct link *link = any_link(id);
    const char *why;
    if (!link) {
        finish_message(visit, 404, "Not found", "There is no such payment link.");
        return;
    }
    if (link_obstacle(link, &why)) {
        finish_message(visit, 410, "Not for sale", why);
        return;
    }
    visit->session = link_visit(link, &visit->request->answer);
    if (!visit->session) { /* the API's refusal is not for visitors */
        finish_message(visit, 409, "Not for sale", "Something on this link cannot be bought now.");
        return;
    }
    char *url = must_format("%s/c/%s", settings.origin, visit->session->id);
    finish(visit, 303, must_copy(""), url, NULL);
    free(url);
}

void page_answer(struct request *request)
{
    struct visit visit = {.request = request};
    const char *id = request->path + 3;
    bool posted = same_text(request->method, "POST");
    state_lock();
    sessions_expire_due();
    if (!posted && !same_text(request->method, "GET")) {
        finish_message(&visit, 405, "Not allowed", "This page is read or posted to.");
    } else if (request->path[1] == 'p') {
        follow_link(&visit, id);
    } else if (!(visit.session = index_find(&state.sessions, id))) {
        finish_message(&visit, 404, "Not found", "There is no such checkout session.");
    } else if (posted) {
        pairs_read(&visit.form, request->body.bytes ? request->body.bytes : "",
                   request->body.length);
        post(&visit);
    } else {
        show(&visit);
    }
    state_unlock();
    pairs_free(&visit.form);
}
