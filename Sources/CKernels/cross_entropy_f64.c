#include "internal.h"
#include "f64.h"

#include "elementary.inc.h"
#include "cross_entropy.inc.h"
