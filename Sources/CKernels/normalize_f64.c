#include "internal.h"
#include "f64.h"

#include "normalize.inc.h"
