import type { ClientProbe } from '../client/client-probe.js';
import type { HubProbe } from '../hub/hub-probe.js';
import type { KubeletProbe } from '../spokes/kubelet/kubelet-probe.js';
import type { ListenerProbe } from '../spokes/listener/listeners.js';
import type { LoadProbe } from '../spokes/load/load-order.js';
import type { UserProbe } from '../spokes/user/user.js';

/** Everything that a cluster lets be seen of itself. */
export interface Probe extends HubProbe, ClientProbe, KubeletProbe, ListenerProbe, LoadProbe, UserProbe {}
