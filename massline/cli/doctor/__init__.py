"""`massline doctor`: checks of the installation, the databases and the safeguards."""
