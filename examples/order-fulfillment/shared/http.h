/*
 * A small HTTP server: a table of routes, each with a function that reads a request and fills in a reply.
 *
 * Every connection has a thread of its own, so a handler may wait for the network.
 */
#ifndef SHOP_HTTP_H
#define SHOP_HTTP_H

#include "identity.h"
#include "text.h"

struct http_request {
    const char *method;
    const char *path;
    const char *body; /* NUL-terminated behind its last byte */
    size_t body_length;
    char id[ID_SIZE]; /* the part of the path that * stood for */
    bool wants_json;  /* the Accept header asks for application/json */
    void *connection;
};

struct http_reply {
    unsigned status;      /* 200 unless changed */
    const char *type;     /* Content-Type; HTML unless changed */
    struct text body;     /* sent; a failed one becomes a 500 */
    struct text location; /* Location header, if any */
    struct text cookie;   /* Set-Cookie header, if any */
};

/* The value of a request header or of a query field; NULL when it is not there. */
const char *http_header(const struct http_request *request, const char *name);
const char *http_query(const struct http_request *request, const char *name);
/* Copies a cookie's value; "" when it is not there. */
void http_cookie(const struct http_request *request, const char *name, char value[ID_SIZE]);

/* A plain sentence. */
void http_say(struct http_reply *reply, unsigned status, const char *sentence);
/* 303 to the place that is in `location` by then. */
void http_see_other(struct http_reply *reply);

enum {
    HTTP_STAFF = 1,     /* asks for user name "staff" and the password */
    HTTP_ANY_ORIGIN = 2 /* takes posts from other sites' pages, too */
};

struct http_route {
    const char *method;
    const char *path; /* one segment may be * */
    int flags;
    void (*answer)(void *context, const struct http_request *request, struct http_reply *reply);
};

struct http_options {
    const char *address;             /* "127.0.0.1" */
    int port;                        /* 0: any that is free */
    const char *password;            /* of HTTP_STAFF; "": nobody is let in */
    const struct http_route *routes; /* the last one has no method */
    void *context;                   /* given to the handlers */
};

struct http_server;

/* Takes the port, without answering on it yet. NULL when it cannot be had; said in the log. The
 * options' texts must outlive it. */
struct http_server *http_open(const struct http_options *options);
int http_port(const struct http_server *server);
bool http_start(struct http_server *server);
/* Waits for the handlers that run, then stops. NULL allowed. */
void http_stop(struct http_server *server);

#endif
