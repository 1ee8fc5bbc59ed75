#include "internal.h"
#include "f32.h"

#include "elementary.inc.h"
#include "cross_entropy.inc.h"
