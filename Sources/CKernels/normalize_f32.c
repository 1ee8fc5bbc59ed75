#include "internal.h"
#include "f32.h"

#include "normalize.inc.h"
