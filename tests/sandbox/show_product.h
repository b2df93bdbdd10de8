/* Products and prices as JSON. */
#ifndef SANDBOX_SHOW_PRODUCT_H
#define SANDBOX_SHOW_PRODUCT_H

#include "products.h"

cJSON *show_product(const struct product *product);
cJSON *show_listed_product(const struct product *product);
cJSON *show_price(const struct price *price);
/* As a line of a session or of a payment link has it: the product inside. */
cJSON *show_line_price(const struct price *price);

#endif
