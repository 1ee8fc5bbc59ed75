#include "internal.h"
#include "f32.h"

#include "elementary.inc.h"
#include "attention.inc.h"
