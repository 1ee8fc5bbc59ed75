#include "internal.h"
#include "f32.h"

#include "update.inc.h"
