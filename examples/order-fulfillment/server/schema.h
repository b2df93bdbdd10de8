/* The shop's tables. */
#ifndef SHOP_SCHEMA_H
#define SHOP_SCHEMA_H

/* The steps in which they came to be, for db_open(). One that was released is never changed: add another. */
extern const char *const *const shop_schema[];

#endif
