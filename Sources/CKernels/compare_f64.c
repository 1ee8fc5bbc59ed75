#include "internal.h"
#include "f64.h"

#include "compare.inc.h"
