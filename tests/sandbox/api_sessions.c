/* Operations on checkout sessions. The answer to each of them is the session, which is written
 * down once and given out until something that it shows changes. */
#include "clock.h"
#include "graph.h"
#include "json.h"
#include "operations.h"
#include "self_check.h"
#include "sessions.h"
#include "text.h"

#include <stdlib.h>

/* Until when the session reads the same if nobody touches it. */
static int64_t unchanged_until(const struct session *session)
{
    int64_t until = session->status == SESSION_OPEN ? session->expires : INT64_MAX;
    int64_t now = clock_now();
    for (size_t i = 0; session->intent && i < session->intent->charge_count; i++) {
        const struct ledger_row *row = session->intent->charges[i]->row;
        int64_t changes[] = {row ? row->available : 0, row ? row->batch->closes : 0};
        for (size_t k = 0; k < sizeof changes / sizeof changes[0]; k++)
            if (changes[k] > now && changes[k] < until)
                until = changes[k];
    }
    return until;
}

static bool still_valid(const struct session *session)
{
    const struct rendered *rendered = &session->rendered;
    return rendered->bytes && clock_now() < rendered->until &&
           (!session->intent || rendered->ledger_version == state.ledger_version);
}

static bool answer_session(const struct call *call, struct session *session, int status,
                           struct answer *answer)
{
    if (still_valid(session)) {
        answer_bytes(answer, status, session->rendered.bytes, session->rendered.length);
        self_check_repeat(call->contract, answer);
        return true;
    }
    answer_json(answer, status, show_session(session));
    self_check_answer(call->contract, answer);
    if (answer->status != status)
        return true;
    session_touch(session);
    session->rendered = (struct rendered){
        .bytes = must_copy_bytes(answer->body, answer->length),
        .length = answer->length,
        .until = unchanged_until(session),
        .ledger_version = state.ledger_version,
    };
    return true;
}

static struct session *named_session(const struct call *call, struct answer *answer)
{
    struct session *session = session_find(call->id, call->world);
    if (!session)
        refuse(answer, "resource_missing", "id", "No such checkout session.");
    return session;
}

bool act_create_session(const struct call *call, struct answer *answer)
{
    struct session *session = session_create(call->body, call->world, NULL, answer);
    return session && answer_session(call, session, 201, answer);
}

bool act_get_session(const struct call *call, struct answer *answer)
{
    struct session *session = named_session(call, answer);
    return session && answer_session(call, session, 200, answer);
}

bool act_update_session(const struct call *call, struct answer *answer)
{
    struct session *session = named_session(call, answer);
    return session && session_update(session, call->body, answer) &&
           answer_session(call, session, 200, answer);
}

bool act_expire_session(const struct call *call, struct answer *answer)
{
    struct session *session = named_session(call, answer);
    if (!session)
        return false;
    if (session->status != SESSION_OPEN)
        return refuse(answer, "resource_invalid_state", NULL,
                      "Only an open session can be expired.");
    session_expire(session);
    return answer_session(call, session, 200, answer);
}
