#include "internal.h"
#include "f64.h"

#include "direct.inc.h"
