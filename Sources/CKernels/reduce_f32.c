#include <math.h>

#include "internal.h"
#include "f32.h"

#include "elementary.inc.h"
#include "reduce.inc.h"
#include "arg.inc.h"
