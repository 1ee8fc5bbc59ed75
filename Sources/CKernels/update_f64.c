#include "internal.h"
#include "f64.h"

#include "update.inc.h"
