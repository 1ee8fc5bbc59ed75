#include "internal.h"
#include "f32.h"

#include "compare.inc.h"
