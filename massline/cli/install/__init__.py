"""`massline install` and what keeps it current: services, settings, proxy, backup keys, upgrades."""
