#include "internal.h"
#include "f32.h"

#include "elementary.inc.h"
#include "recurrent.inc.h"
