#include "internal.h"
#include "f32.h"

#include "direct.inc.h"
