#include <math.h>

#include "internal.h"
#include "f64.h"

#include "elementary.inc.h"
#include "reduce.inc.h"
#include "arg.inc.h"
